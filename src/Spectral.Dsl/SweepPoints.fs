namespace Spectral.Dsl

open Spectral.Core.Plans

/// A point before it is compiled.
type internal PointSpec = {
    Number: int
    Settings: SweepSetting list
}

/// From the axes of a sweep to its points.
module internal SweepPoints =

    open Validation

    let private steps (path: Located<string>) =
        path.It.Split '.'
        |> Array.map (fun step -> { It = step; At = path.At })
        |> List.ofArray

    /// The settings of a point as overrides of the spec.
    let overrides (point: PointSpec) : Overrides.Override list =
        point.Settings
        |> List.map (fun setting -> {
            Steps = steps setting.Path
            Value = setting.Node
        })

    /// Whether an override sets the path, or something that it lies in.
    let private isSetBy (overrides: Overrides.Override list) (path: Located<string>) =
        let words = path.It.Split '.' |> List.ofArray

        overrides
        |> List.exists (fun change ->
            let set = change.Steps |> List.map _.It
            set.Length <= words.Length && List.take set.Length words = set)

    /// An override holds at every point, so that the paths that it sets are not swept.
    let private without overrides (axis: SweepAxis) : SweepAxis option * Diagnostic list =
        let left, gone = axis.Paths |> List.partition (isSetBy overrides >> not)

        let notes =
            gone
            |> List.map (fun path ->
                Diagnostics.note AxisOverridden path.At $"{path.It} is not swept, for an override sets it" null)

        if left.IsEmpty then
            None, notes
        elif gone.IsEmpty then
            Some axis, notes
        else
            let isLeft (setting: SweepSetting) =
                left |> List.exists (fun path -> path.It = setting.Path.It)

            Some {
                Paths = left
                Choices = axis.Choices |> List.map (List.filter isLeft)
            },
            notes

    /// What the path has at the point: the sweep's value, or the last override's.
    let private valueOf overrides (settings: SweepSetting list) (path: string) =
        match settings |> List.tryFind (fun setting -> setting.Path.It = path) with
        | Some setting -> Some setting.Meaning
        | None ->
            overrides
            |> List.tryFindBack (fun (change: Overrides.Override) ->
                System.String.Join('.', change.Steps |> List.map _.It) = path)
            |> Option.map (fun change -> FlowText.meaning change.Value)

    let private fits overrides settings (exclusion: SweepExclusion) =
        exclusion.Demands
        |> List.forall (fun demand -> valueOf overrides settings demand.Path.It = Some demand.Meaning)

    let private grid (axes: SweepAxis list) : SweepSetting list list =
        List.foldBack
            (fun (axis: SweepAxis) rest -> [
                for choice in axis.Choices do
                    for others in rest -> choice @ others
            ])
            axes
            [ [] ]

    /// An exclusion that removes nothing is a slip, unless an override took its path.
    let private unmet overrides points (exclusion: SweepExclusion) : Validation<unit> =
        let isOverridden =
            exclusion.Demands |> List.exists (fun demand -> isSetBy overrides demand.Path)

        if
            isOverridden
            || points |> List.exists (fun settings -> fits overrides settings exclusion)
        then
            Ok()
        else
            Diagnostics.error
                ExclusionUnmet
                exclusion.At
                $"no point has {Diagnostics.quote (Sweep.text exclusion.Demands)}"
                "Remove it, or write the values as the sweep has them."
            |> Validation.fail

    /// The points in order, the last axis fastest, and what overrides took from the sweep.
    let ofSweep (sweep: SweepSpec) overrides : Validation<PointSpec list * Diagnostic list> =
        let axes, notes = sweep.Axes |> List.map (without overrides) |> List.unzip
        let axes = List.choose id axes

        let count =
            axes |> List.fold (fun count axis -> count * bigint axis.Choices.Length) 1I

        if count > bigint Sweep.mostPoints then
            Diagnostics.error
                TooManyPoints
                sweep.At
                $"the sweep has {count} points, expected {Sweep.mostPoints} or less"
                "Shorten an axis, zip axes, or draw points with random."
            |> Validation.fail
        else
            validation {
                let all = grid axes
                let! () = sweep.Exclusions |> List.map (unmet overrides all) |> Validation.none

                let left =
                    all
                    |> List.filter (fun settings -> not (List.exists (fits overrides settings) sweep.Exclusions))

                if left.IsEmpty then
                    return!
                        Diagnostics.error ExclusionUnmet sweep.At "the exclusions leave no point of the sweep" null
                        |> Validation.fail
                else
                    return
                        left
                        |> List.mapi (fun index settings -> {
                            Number = index + 1
                            Settings = settings
                        }),
                        List.concat notes
            }
