namespace Spectral.Dsl

open System
open System.Collections.Generic
open Spectral.Core.Components
open Spectral.Core.Execution
open Spectral.Core.Plans
open Spectral.Experiments

/// The front end, and the one call across the language border: a spec, YAML or F#, becomes a plan, or diagnostics that say why
/// not. Nothing here throws for any text, path or override, and no F# type comes out.
[<AbstractClass; Sealed>]
type Compiler =

    /// <summary>Compiles a spec file.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <returns>An experiment, or one for each point of a sweep, or diagnostics of which one at least is an error.</returns>
    static member Compile: path: string * overrides: IReadOnlyList<string> -> Compilation

    /// <summary>Compiles a spec that is already in memory.</summary>
    /// <param name="name">What diagnostics call the text.</param>
    /// <param name="text">The spec.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <returns>An experiment, or one for each point of a sweep, or diagnostics of which one at least is an error.</returns>
    static member CompileText: name: string * text: string * overrides: IReadOnlyList<string> -> Compilation

    /// <summary>Compiles a spec that is already in memory for a machine, whose predictions <c>resources</c> limits.</summary>
    /// <param name="name">What diagnostics call the text.</param>
    /// <param name="text">The spec.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <param name="profile">The machine; the other overload takes this one as its calibration has it.</param>
    /// <returns>An experiment, or one for each point of a sweep, or diagnostics of which one at least is an error.</returns>
    static member CompileText:
        name: string * text: string * overrides: IReadOnlyList<string> * profile: MachineProfile -> Compilation

    /// <summary>Compiles one point of a spec's sweep, in the time that one spec takes.</summary>
    /// <param name="path">The file; diagnostics name it as it is given here.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <param name="number">The point's number, from 1, as the whole sweep counts it.</param>
    /// <returns>The point's experiment, or diagnostics of which one at least is an error; no notes on the sweep.</returns>
    static member CompilePoint: path: string * overrides: IReadOnlyList<string> * number: int -> Compilation

    /// <summary>Compiles an F# script, whose process the caller runs.</summary>
    /// <param name="path">The script; diagnostics name it as it is given here.</param>
    /// <param name="run">Runs it; called once, and only where the file can be read.</param>
    /// <param name="overrides">The <c>-S path=value</c> overrides in order; the last of two to one place holds.</param>
    /// <param name="number">The only point of its sweep that is asked for, from 1; null for all.</param>
    /// <returns>An experiment, or one for each point of a sweep, or diagnostics of which one at least is an error.</returns>
    static member CompileScript:
        path: string * run: Func<ScriptOutcome> * overrides: IReadOnlyList<string> * number: Nullable<int> ->
            Compilation

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

    /// <summary>
    /// The spec language as a JSON Schema, draft-07, indented and ending in a line feed. It states all that a schema can;
    /// <see cref="Compile"/> finds the rest.
    /// </summary>
    static member Schema: string

    /// <summary>The keys that belong to no component, by their dotted paths: <c>training.batch_size</c>.</summary>
    static member Keys: IReadOnlyList<string>

    /// <summary>What a key or a setting means, each as one page of text ending in an empty line.</summary>
    /// <param name="topic">
    /// A dotted path into a spec, such as <c>training.batch_size</c> or <c>network.mlp.hidden</c>, or a key's name alone.
    /// </param>
    /// <returns>The pages; empty where nothing has that name.</returns>
    static member Pages: topic: string -> IReadOnlyList<string>

    /// <summary>What a kind is, with its settings, as one page of text ending in an empty line.</summary>
    /// <param name="family">The kind's family.</param>
    /// <param name="definition">The kind.</param>
    static member Page: family: ComponentFamily * definition: ComponentDefinition -> string
