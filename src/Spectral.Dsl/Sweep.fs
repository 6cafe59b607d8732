namespace Spectral.Dsl

open Spectral.Core.Plans

/// A value at a path.
type internal SweepSetting = {
    Path: Located<string>
    Node: YamlNode
    /// What the value means, whatever its notation; equal where two values are.
    Meaning: string
}

/// Paths that change together. Each choice has one setting for every path.
type internal SweepAxis = {
    Paths: Located<string> list
    Choices: SweepSetting list list
}

/// Points that have all of these settings are left out.
type internal SweepExclusion = {
    Demands: SweepSetting list
    At: SourceSpan
}

/// The key `sweep`; the last axis runs fastest.
type internal SweepSpec = {
    Axes: SweepAxis list
    Exclusions: SweepExclusion list
    At: SourceSpan
    /// The mapping as its author wrote it, ranges and draws included.
    Written: YamlNode
}

module internal Sweep =

    /// The most points that a sweep may have.
    let mostPoints = 100_000

    /// A setting.
    let setting path node : SweepSetting = {
        Path = path
        Node = node
        Meaning = FlowText.meaning node
    }

    /// Settings as a message names them: `noise.uniform=0.5, seed=2`.
    let text (settings: SweepSetting list) =
        settings
        |> List.map (fun setting -> $"{setting.Path.It}={FlowText.ofNode setting.Node}")
        |> Diagnostics.list
