namespace Spectral.Dsl

open System
open Spectral.Core.Plans

/// <summary>From one form of a spec to the other: YAML and F#. Comments are lost, the plan stays.</summary>
[<AbstractClass; Sealed>]
type Converter =

    /// <summary>The spec as YAML.</summary>
    /// <param name="path">The spec's file; diagnostics name it as it is given here.</param>
    /// <param name="run">Runs it where it is an F# script; null for a YAML spec.</param>
    /// <param name="schema">Where an editor finds the schema, for the first line.</param>
    static member ToYaml: path: string * run: Func<ScriptOutcome> | null * schema: string -> Conversion

    /// <summary>The spec as an F# script.</summary>
    /// <param name="path">The spec's file; diagnostics name it as it is given here.</param>
    /// <param name="run">Runs it where it is an F# script; null for a YAML spec.</param>
    /// <param name="preamble">Lines before all others, such as references; may be empty.</param>
    static member ToScript: path: string * run: Func<ScriptOutcome> | null * preamble: string -> Conversion
