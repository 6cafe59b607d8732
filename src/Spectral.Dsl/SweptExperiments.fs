namespace Spectral.Dsl

open System.Collections.Generic
open System.Collections.Immutable
open Spectral.Core.Plans

/// The points of a sweep compiled, each like a spec of its own.
module internal SweptExperiments =

    /// Work on further points ends here: an author reads the first few problems.
    let private enoughProblems = 20

    /// A problem of some of so many points, which names the first of them.
    let describe count (problem: Diagnostic) (points: PointSpec list) =
        let others = points.Length - 1

        // What is wrong everywhere, or where there is one point, is wrong with the spec.
        if points.Length = count then
            problem
        else
            let first = points.Head
            let more = if others = 0 then "" else $" and {others} more"

            Diagnostic(
                problem.Code,
                problem.Severity,
                problem.Span,
                $"{problem.Message}, at point {first.Number} ({Diagnostics.quote (Sweep.text first.Settings)}){more}",
                problem.Help
            )

    let private point count (found: PointSpec) =
        let values =
            found.Settings
            |> Seq.map (fun setting -> SweptValue(setting.Path.It, FlowText.ofNode setting.Node))
            |> ImmutableArray.CreateRange

        SweepPoint(found.Number, count, values)

    /// Experiments of one name and plan once, and a warning where others were left out.
    let private distinct catalog (at: SourceSpan) (found: (PointSpec * Experiment) list) =
        let seen = Dictionary<struct (string * string), PointSpec>()

        let isFirst (point: PointSpec, experiment: Experiment) =
            seen.TryAdd(struct (experiment.Name, PlanJson.Hash(experiment.Plan, catalog)), point)

        let kept, repeated = found |> List.partition isFirst

        let warnings =
            match repeated with
            | [] -> []
            | (point, experiment) :: rest ->
                let first = seen[struct (experiment.Name, PlanJson.Hash(experiment.Plan, catalog))]

                let more =
                    if rest.IsEmpty then
                        ""
                    else
                        $"; {rest.Length} more repeat others"

                [
                    Diagnostics.warning
                        RepeatedPoint
                        at
                        $"point {point.Number} is left out, for it has the plan of point {first.Number}{more}"
                        "Remove repeated values, or exclude the points."
                ]

        List.map snd kept, warnings

    /// Compiles points in order; what is the same problem at several is said once.
    let ofPoints
        catalog
        (at: SourceSpan)
        (count: int)
        (points: PointSpec list)
        (compile: PointSpec -> Validation<Experiment>)
        : Validation<Experiment list * Diagnostic list> =
        let problems = Dictionary<Diagnostic, ResizeArray<PointSpec>>()
        let order = ResizeArray<Diagnostic>()
        let experiments = ResizeArray<PointSpec * Experiment>()
        let mutable tried = 0

        for found in points do
            if order.Count < enoughProblems then
                tried <- tried + 1

                match compile found with
                | Ok experiment when found.Settings.IsEmpty -> experiments.Add(found, experiment)
                | Ok experiment -> experiments.Add(found, experiment.At(point count found))
                | Error faults ->
                    for fault in List.distinct faults do
                        if problems.TryAdd(fault, ResizeArray()) then
                            order.Add fault

                        problems[fault].Add found

        if order.Count = 0 then
            Ok(distinct catalog at (List.ofSeq experiments))
        else
            Error [ for fault in order -> describe tried fault (List.ofSeq problems[fault]) ]
