namespace Spectral.Dsl

open Spectral.Core.Components
open Spectral.Core.Plans

/// A spec whose components are Core's, defaults filled in. Sizes have not met each other yet.
type internal BoundSpec = {
    Spec: Spec
    Dataset: Bound<Dataset>
    Noise: Bound<LabelNoise>
    Network: Bound<Network>
    Loss: Bound<Loss>
    Optimizer: Bound<Optimizer>
    Schedule: Bound<Schedule>
    Augment: Bound<Augmentation> list
    Stop: Bound<StoppingRule>
    Cutoff: Bound<Cutoff>
    Analyses: Bound<Analysis> list
}

module internal BoundSpec =

    open Validation

    let private bare kind at = {
        Kind = { It = kind; At = at }
        Settings = Bare
    }

    /// Every analysis that needs no setting, in Catalog order; those that are no presets or do not apply fall out later.
    let private allAnalyses (catalog: ComponentCatalog) at =
        catalog.Family(typeof<Analysis>).Members
        |> Seq.filter (fun member' -> member'.Fields |> Seq.forall (fun field -> not (isNull field.Default)))
        |> Seq.map (fun member' -> bare member'.Kind at)
        |> List.ofSeq

    let private repeated (analyses: ComponentSpec list) : Validation<unit> =
        let folder (seen, found) (analysis: ComponentSpec) =
            match Map.tryFind analysis.Kind.It seen with
            | None -> Map.add analysis.Kind.It analysis.Kind.At.Line seen, found
            | Some line ->
                let message =
                    $"the analysis '{Diagnostics.quote analysis.Kind.It}' stands twice; first in line {line}"

                seen,
                Diagnostics.error RepeatedAnalysis analysis.Kind.At message "Remove one of the two."
                :: found

        match analyses |> List.fold folder (Map.empty, []) |> snd with
        | [] -> Ok()
        | problems -> Error(List.rev problems)

    /// Binds every component of a spec.
    let bind catalog (spec: Spec) : Validation<BoundSpec> =
        let at = spec.Dataset.Kind.At

        let analyses =
            spec.Analyses |> Option.defaultWith (fun () -> allAnalyses catalog at)

        validation {
            let! dataset = Binder.bindAs<Dataset> catalog "dataset" spec.Dataset

            and! noise =
                Binder.bindAs<LabelNoise> catalog "noise" (spec.Noise |> Option.defaultValue (bare "none" at))

            and! network = Binder.bindAs<Network> catalog "network" spec.Network
            and! loss = Binder.bindAs<Loss> catalog "training.loss" spec.Training.Loss

            and! optimizer =
                Binder.bindAs<Optimizer> catalog "training.optimizer" spec.Training.Optimizer

            and! schedule =
                spec.Training.Schedule
                |> Option.defaultValue (bare "constant" at)
                |> Binder.bindAs<Schedule> catalog "training.schedule"

            and! augment =
                spec.Training.Augment
                |> List.mapi (fun index one -> Binder.bindAs<Augmentation> catalog $"training.augment.{index}" one)
                |> Validation.all

            and! stop =
                spec.Training.Stop
                |> Option.defaultValue (bare "none" at)
                |> Binder.bindAs<StoppingRule> catalog "training.stop"

            and! cutoff = Binder.bindAs<Cutoff> catalog "cutoff" spec.Cutoff
            and! () = repeated analyses

            and! analyses =
                analyses
                |> List.mapi (fun index one -> Binder.bindAs<Analysis> catalog $"analyses.{index}" one)
                |> Validation.all

            return {
                Spec = spec
                Dataset = dataset
                Noise = noise
                Network = network
                Loss = loss
                Optimizer = optimizer
                Schedule = schedule
                Augment = augment
                Stop = stop
                Cutoff = cutoff
                Analyses = analyses
            }
        }
