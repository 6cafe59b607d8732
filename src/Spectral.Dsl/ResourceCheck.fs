namespace Spectral.Dsl

open System
open Spectral.Core.Execution
open Spectral.Core.Plans

/// Holds what a run is predicted to take against what its spec allows.
module internal ResourceCheck =

    open Validation

    let private remedy (stage: string) =
        match stage with
        | Stages.Data -> "Take fewer examples."
        | Stages.Training -> "Take fewer epochs or examples, a smaller network, or a larger record_outputs_every."
        | Stages.Spectrum ->
            "Take fewer rows (jacobian.examples) or checkpoints, or the largest singular values only (jacobian.spectrum: {top: N})."
        | _ -> "Take fewer examples or analyses."

    let private exceeded code (limit: Located<Amount>) key needed (stage: StageCost) part help =
        let message =
            $"resources.{key} allows {limit.It.Text}, and the run is predicted to take {needed}, {part} by the {stage.Stage} stage"

        Validation.fail (Diagnostics.error code limit.At message help)

    /// The stage that comes near the peak first; later ones only keep what it took.
    let private filling (cost: RunCost) =
        cost.Stages |> Seq.find (fun stage -> stage.PeakBytes >= 0.9 * cost.PeakBytes)

    let private largest (cost: RunCost) (size: StageCost -> float) = cost.Stages |> Seq.maxBy size

    /// Refuses a plan that would take more than the spec allows on a machine.
    let check (profile: Lazy<MachineProfile>) (limits: ResourcesSpec option) (plan: RunPlan) : Validation<unit> =
        match limits with
        | None -> Ok()
        | Some limits ->
            let cost = lazy RunCost.Predict(plan, profile.Value)

            Validation.none [
                match limits.Memory with
                | Some limit when cost.Value.PeakBytes > limit.It.Value ->
                    let stage, program = filling cost.Value, profile.Value.Rates.BaseBytes

                    let help =
                        if limit.It.Value <= program then
                            $"The program with libtorch alone takes {Amounts.bytesText program}."
                        else
                            remedy stage.Stage

                    exceeded MemoryExceeded limit "memory" (Amounts.bytesText cost.Value.PeakBytes) stage "reached" help
                | _ -> ()
                match limits.Time with
                | Some limit when profile.Value.IsCalibrated && cost.Value.Seconds > limit.It.Value ->
                    let stage = largest cost.Value _.Seconds
                    let part = $"{Amounts.timeText stage.Seconds} of it"

                    exceeded
                        TimeExceeded
                        limit
                        "time"
                        (Amounts.timeText cost.Value.Seconds)
                        stage
                        part
                        (remedy stage.Stage)
                | _ -> ()
                match limits.Disk with
                | Some limit when cost.Value.DiskBytes > limit.It.Value ->
                    let stage = largest cost.Value _.Disk
                    let part = $"{Amounts.bytesText stage.Disk} of it"

                    exceeded
                        DiskExceeded
                        limit
                        "disk"
                        (Amounts.bytesText cost.Value.DiskBytes)
                        stage
                        part
                        (remedy stage.Stage)
                | _ -> ()
            ]

    let private under name node =
        match node with
        | MappingNode(entries, _) -> entries |> List.tryFind (fun (key, _) -> key.It = name) |> Option.map snd
        | _ -> None

    /// A note where a spec limits the time and nobody knows how fast this machine is.
    let notes (profile: Lazy<MachineProfile>) tree =
        match tree |> under "resources" |> Option.bind (under "time") with
        | Some node when not profile.Value.IsCalibrated -> [
            Diagnostics.note
                TimeUnknown
                (YamlNode.span node)
                "resources.time is not checked, for this machine is not calibrated"
                "'spectral calibrate' measures it."
          ]
        | _ -> []
