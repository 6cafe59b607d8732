namespace Spectral.Dsl

open System
open System.Collections.Generic
open Spectral.Core.Plans
open Spectral.Experiments

/// The front end, and the one call across the language border: a spec, YAML or F#, becomes a plan, or diagnostics that say why
/// not. Nothing here throws for any text, path or override, and no F# type comes out.
[<AbstractClass; Sealed>]
type Compiler =

    /// <summary>Compiles a spec file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <returns>An experiment, or diagnostics of which one at least is an error.</returns>
    static member Compile: path: string * overrides: IReadOnlyList<string> -> Compilation

    /// <summary>Compiles a spec that is already in memory.</summary>
    /// <param name="name">What diagnostics call the text.</param>
    /// <param name="text">The spec.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <returns>An experiment, or diagnostics of which one at least is an error.</returns>
    static member CompileText: name: string * text: string * overrides: IReadOnlyList<string> -> Compilation

    /// <summary>Compiles an F# script, whose process the caller runs.</summary>
    /// <param name="path">The script; diagnostics name it as it is given here.</param>
    /// <param name="run">Runs it; called once, and only where the file can be read.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <returns>An experiment, or diagnostics of which one at least is an error.</returns>
    static member CompileScript:
        path: string * run: Func<ScriptOutcome> * overrides: IReadOnlyList<string> -> Compilation

    /// <summary>Compiles an experiment that a program has built.</summary>
    /// <param name="spec">The experiment.</param>
    /// <param name="file">What diagnostics call it where a part has no place; paths in it are relative to its folder.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <returns>An experiment, or diagnostics of which one at least is an error.</returns>
    static member CompileExperiment:
        spec: ExperimentSpec * file: string * overrides: IReadOnlyList<string> -> Compilation

    /// <summary>The known word that was most likely meant, or null where none is near.</summary>
    /// <param name="known">The words that there are.</param>
    /// <param name="found">What was written.</param>
    static member Nearest: known: IEnumerable<string> * found: string -> string | null

    /// <summary>
    /// What every diagnostic code means, by code: its title, an empty line, and a paragraph of explanation. Ordered by
    /// code.
    /// </summary>
    static member Explanations: IReadOnlyDictionary<string, string>
