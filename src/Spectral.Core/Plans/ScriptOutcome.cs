using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>What the process that ran an F# script left behind.</summary>
/// <param name="Experiments">One line for each experiment that the script made, as its builders wrote them.</param>
/// <param name="Messages">What the process wrote to stderr.</param>
/// <param name="ExitCode">Its exit code.</param>
public sealed record ScriptOutcome(ImmutableArray<string> Experiments, string Messages, int ExitCode);

/// <summary>A spec in its other form.</summary>
/// <param name="Text">The whole text; null where a diagnostic is an error.</param>
/// <param name="Problems">What was found, without an experiment.</param>
public sealed record Conversion(string? Text, Compilation Problems);
