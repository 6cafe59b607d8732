namespace Spectral.Dsl

open System.Collections.Immutable
open Spectral.Core.Numerics
open Spectral.Core.Plans
open Spectral.Core.Results

/// From a bound spec to the plan: defaults filled in, words resolved, nothing left to choose.
module internal Lower =

    open Validation

    let private seeds (seed: SeedSpec) =
        let own =
            seed.Own
            |> Seq.map (fun (stream, number) -> System.Collections.Generic.KeyValuePair(stream.It, number))

        Seeds(seed.Root.It, ImmutableSortedDictionary.CreateRange(System.StringComparer.Ordinal, own))

    let private training (bound: BoundSpec) =
        let spec = bound.Spec.Training

        let batchSize =
            match spec.BatchSize.It with
            | FullBatch -> bound.Dataset.It.TrainCount
            | Examples count -> count

        TrainingPlan(
            bound.Loss.It,
            bound.Optimizer.It,
            batchSize,
            spec.Epochs.It,
            spec.Precision |> Option.defaultValue Precision.Float32,
            TrainingCheck.recordEvery spec,
            bound.Schedule.It,
            ImmutableArray.CreateRange(bound.Augment |> List.map _.It),
            Option.toNullable spec.ClipGradientNorm,
            bound.Stop.It,
            EvaluateEvery = TrainingCheck.evaluateEvery spec
        )

    let private tolerances (spec: VerifySpec) =
        let standard = Tolerances.Standard

        Tolerances(
            spec.Spectra |> Option.defaultValue standard.Spectra,
            spec.Subspaces |> Option.defaultValue standard.Subspaces,
            ValueTolerance(
                spec.Absolute |> Option.defaultValue standard.Values.Absolute,
                spec.Relative |> Option.defaultValue standard.Values.Relative
            ),
            ArrayTolerance(
                spec.Float64 |> Option.defaultValue standard.Arrays.Float64,
                spec.Float32 |> Option.defaultValue standard.Arrays.Float32
            ),
            spec.Counts |> Option.defaultValue standard.Counts
        )

    let private jacobian (spec: Spec) checkpoints (sizes: JacobianSize list) examples =
        let top = spec.Jacobian |> Option.bind _.Top |> Option.map _.It |> Option.toNullable

        let precision =
            spec.Jacobian
            |> Option.bind _.Precision
            |> Option.defaultValue Precision.Float64

        let chosen =
            match spec.Jacobian |> Option.bind _.Method with
            | Some named when named.It <> "auto" -> named.It
            | _ ->
                let largest = sizes |> List.maxBy _.Rows

                match SpectrumMethod.Choose(largest.Rows, largest.Columns, largest.Pair, top).Name with
                // J itself is decomposed in binary64 alone.
                | name when name = SpectrumMethod.Direct && precision = Precision.Float32 -> SpectrumMethod.Gram
                | name -> name

        JacobianPlan(
            ImmutableArray.CreateRange checkpoints,
            ImmutableArray.CreateRange(sizes |> List.map _.Split),
            spec.Jacobian
            |> Option.map _.Parameters
            |> Option.defaultValue AllParameters
            |> Selections.lower,
            precision,
            chosen,
            Examples = examples,
            // Where all of them cost less than some, all are computed.
            Top =
                (if chosen = SpectrumMethod.Krylov then
                     top
                 else
                     System.Nullable())
        )

    /// Weights from elsewhere are evaluated in the precision that holds them, unless the spec names one.
    let private inTheirPrecision (weights: (int * GivenFile) list) (bound: BoundSpec) =
        let training = bound.Spec.Training

        let wide =
            weights |> List.exists (fun (_, file) -> file.Precision = Precision.Float64)

        if wide && training.Precision.IsNone then
            let training = {
                training with
                    Precision = Some Precision.Float64
            }

            {
                bound with
                    Spec = { bound.Spec with Training = training }
            }
        else
            bound

    /// The data as a plan knows them, and where they lie.
    let private data (dataset: Dataset) =
        match box dataset with
        | :? IGivenFiles as given -> given.WithoutPlaces(), given.Places
        | _ -> dataset, ImmutableSortedDictionary<string, string>.Empty

    let private givenWeights (weights: (int * GivenFile) list) =
        weights
        |> Seq.map (fun (epoch, file) -> GivenWeights(file.Sha256, epoch))
        |> ImmutableArray.CreateRange

    /// Analyses that a spec names must apply; of all others the presets that do are taken.
    let private analyses (bound: BoundSpec) (plan: RunPlan) : Validation<ImmutableArray<Analysis>> =
        let fault (analysis: Bound<Analysis>) =
            analysis.It.Inapplicable plan |> Option.ofObj

        match bound.Spec.Analyses with
        | None ->
            bound.Analyses
            |> Seq.filter (fun analysis -> analysis.It.IsPreset && (fault analysis).IsNone)
            |> Seq.map _.It
            |> ImmutableArray.CreateRange
            |> Ok
        | Some named ->
            List.zip named bound.Analyses
            |> List.choose (fun (written, analysis) ->
                fault analysis
                |> Option.map (fun reason ->
                    let message = $"{written.Kind.It} {reason}"
                    Diagnostics.error NothingToMeasure analysis.At message "Remove it, or change what it needs."))
            |> function
                | [] -> bound.Analyses |> Seq.map _.It |> ImmutableArray.CreateRange |> Ok
                | problems -> Error problems

    /// Checks sizes and makes the experiment; files lie relative to the folder.
    let lower catalog profile folder (bound: BoundSpec) : Validation<Experiment> =
        let spec = bound.Spec

        validation {
            let asked = training bound
            let! checkpoints = Checkpoints.ofSpec spec bound.Dataset.It asked.BatchSize
            and! () = TrainingCheck.check bound asked

            and! sizes, examples =
                validation {
                    let! splits = Checkpoints.splits spec bound.Dataset.It
                    let! examples = JacobianExamples.ofSpec spec bound.Dataset.It splits
                    let! sizes = ShapeCheck.check catalog bound splits examples
                    return sizes, examples
                }

            let! initial, weights = WeightsFiles.ofSpec folder bound
            let bound = inTheirPrecision weights bound
            let dataset, places = data bound.Dataset.It

            let planWith measured =
                RunPlan(
                    seeds spec.Seed,
                    dataset,
                    bound.Noise.It,
                    bound.Network.It,
                    Selections.lower spec.Trainable,
                    training bound,
                    jacobian spec checkpoints sizes examples,
                    bound.Cutoff.It,
                    measured,
                    spec.Threads |> Option.defaultValue 1,
                    InitialWeights = (initial |> Option.map _.Sha256 |> Option.toObj),
                    Weights = givenWeights weights
                )

            let! measured = analyses bound (planWith ImmutableArray.Empty)

            let plan = planWith measured
            let! expectations = Expectations.ofSpec catalog plan spec.Expected
            and! () = ResourceCheck.check profile spec.Resources plan

            return
                Experiment(
                    spec.Name,
                    spec.Description,
                    plan,
                    Expectations = expectations,
                    Tolerances = (spec.Verify |> Option.map tolerances |> Option.toObj),
                    Inputs = places.SetItems(WeightsFiles.places (Option.toList initial @ List.map snd weights))
                )
        }
