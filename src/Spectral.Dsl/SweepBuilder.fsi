namespace Spectral.Experiments

open System.Runtime.CompilerServices
open System.Runtime.InteropServices
open Spectral.Core.Plans
open Spectral.Dsl

/// <summary>What varies between the runs of a sweep.</summary>
[<Sealed>]
type SweepSettings =
    inherit Part
    internal new: node: YamlNode -> SweepSettings

/// <summary>Paths that change together.</summary>
[<Sealed>]
type ZipSettings =
    inherit Part
    internal new: node: YamlNode -> ZipSettings

/// <summary>Points drawn at random.</summary>
[<Sealed>]
type RandomSettings =
    inherit Part
    internal new: node: YamlNode -> RandomSettings

/// <summary>Paths that change together, with equally many values each. Begins with <c>together {</c>.</summary>
[<Sealed>]
type ZipBuilder =
    inherit AxisOperations
    internal new: unit -> ZipBuilder

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> ZipSettings

/// <summary>Points drawn at random. Begins with <c>draws {</c>.</summary>
[<Sealed>]
type RandomBuilder =
    inherit AxisOperations
    internal new: unit -> RandomBuilder

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> RandomSettings

    /// <summary>How many points, 1 or more.</summary>
    [<CustomOperation "count">]
    member Count:
        settings: Settings *
        points: int *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>The seed of the draws, in [0, 2^53]; 1 where it is left out.</summary>
    [<CustomOperation "seed">]
    member Seed:
        settings: Settings *
        number: int64 *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

/// <summary>
/// What varies between runs: every combination of the values is a run, the last path fastest. Begins with
/// <c>grid {</c>.
/// </summary>
[<Sealed>]
type GridBuilder =
    inherit AxisOperations
    internal new: unit -> GridBuilder

    /// <summary>What the settings make.</summary>
    member Run: settings: Settings -> SweepSettings

    /// <summary>One axis of paths that change together: <c>together { ... }</c>.</summary>
    [<CustomOperation "zip">]
    member Zip:
        settings: Settings *
        axes: ZipSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>One axis of points drawn at random: <c>draws { ... }</c>.</summary>
    [<CustomOperation "random">]
    member Random:
        settings: Settings *
        draws: RandomSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings

    /// <summary>Points with all of these values are left out: <c>point { ... }</c>; one line for each.</summary>
    [<CustomOperation "exclude">]
    member Exclude:
        settings: Settings *
        point: PointSettings *
        [<CallerFilePath; Optional; DefaultParameterValue("")>] file: string *
        [<CallerLineNumber; Optional; DefaultParameterValue(0)>] line: int ->
            Settings
