using System.Collections.Immutable;
using Spectral.Core.Results;

namespace Spectral.Core.Plans;

/// <summary>
/// What a compiler makes of one source: runs to execute, or diagnostics that say why there are none. Warnings and notes
/// may stand beside runs.
/// </summary>
/// <param name="Experiments">
/// What to run, in order: one experiment, or one for each point of a sweep, each plan once. Empty where a diagnostic is an
/// error, and only there.
/// </param>
/// <param name="Diagnostics">All that was found, in the order of the source.</param>
/// <param name="Sources">The texts that spans refer to: the spec, and one for each override.</param>
public sealed record Compilation(
    ImmutableArray<Experiment> Experiments, ImmutableArray<Diagnostic> Diagnostics, ImmutableArray<SourceText> Sources)
{
    /// <summary>The only experiment; null where there are several, or errors.</summary>
    public Experiment? Experiment => Experiments is [var only] ? only : null;

    /// <summary>
    /// Where every value of the spec was written, overrides included, by its dotted path as <c>-S</c> takes it:
    /// <c>noise.uniform.rate</c> also where the spec has <c>noise: {uniform: 0.5}</c>, <c>analyses.0</c> for the first of a
    /// list. A value of an override has its place in the override's own text, one behind an alias that of its anchor, one of
    /// a sweep's only point its place in the sweep. Empty where the source is no YAML, an override fits nowhere, or a sweep
    /// has several points.
    /// </summary>
    public ImmutableSortedDictionary<string, SourceSpan> Places { get; init; } =
        ImmutableSortedDictionary.Create<string, SourceSpan>(StringComparer.Ordinal);

    /// <summary>
    /// Where a setting of the plan comes from: its own place, else that of the nearest setting around it; null where the
    /// spec says nothing of it, so that it is a default.
    /// </summary>
    /// <param name="path">A dotted path, such as <c>training.optimizer.sgd.momentum</c>.</param>
    public SourceSpan? NearestPlace(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        while (path.Length > 0)
        {
            if (Places.TryGetValue(path, out SourceSpan? place))
                return place;
            path = path[..Math.Max(path.LastIndexOf('.'), 0)];
        }

        return null;
    }
}

/// <summary>A compiled spec: what its author called it, and what to run.</summary>
/// <param name="Name">Names the bundle, [a-z0-9-]; not part of the plan.</param>
/// <param name="Description">For people; not part of the plan. May be empty.</param>
/// <param name="Plan">What to run.</param>
public sealed record Experiment(string Name, string Description, RunPlan Plan)
{
    /// <summary>
    /// Where the files lie that the plan knows by their SHA-256 alone, weights and a user's own data: a path for each
    /// digest. Not part of the plan; empty where there are no such files.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Inputs { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The point of the spec's sweep that this is; null where it has none. Not part of the plan.</summary>
    public SweepPoint? Point { get; init; }

    /// <summary>What the author expects to come out, such as a paper's values; not part of the plan.</summary>
    public ImmutableArray<Expectation> Expectations { get; init; } = [];

    /// <summary>
    /// How far apart the author lets a rerun's results be; null where the spec does not say. Not part of the plan.
    /// </summary>
    public Tolerances? Tolerances { get; init; }

    /// <summary>This as a point of a sweep: its description ends with what the point sets, so that no two look alike.</summary>
    /// <param name="point">The point.</param>
    public Experiment At(SweepPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return this with
        {
            Description = Description.Length == 0 ? $"[{point.Text}]" : $"{Description} [{point.Text}]",
            Point = point,
        };
    }
}

/// <summary>A text that was compiled.</summary>
/// <param name="Name">Its path as the user gave it, or <c>&lt;-S #2&gt;</c> for the second override.</param>
/// <param name="Text">The whole text, without a byte order mark.</param>
/// <param name="HasByteOrderMark">Whether the file began with one, so that its bytes can be told from the text.</param>
public sealed record SourceText(string Name, string Text, bool HasByteOrderMark)
{
    /// <summary>The bytes of the file: the text in UTF-8, behind the byte order mark where there was one.</summary>
    public byte[] ToBytes()
    {
        System.Text.UTF8Encoding encoding = new(HasByteOrderMark);
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(Text)];
    }
}

/// <summary>A stretch of a source text. Lines and columns count from 1; a column is a UTF-16 code unit.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Line">First line.</param>
/// <param name="Column">First column.</param>
/// <param name="EndLine">Line of the end.</param>
/// <param name="EndColumn">Column just behind the end.</param>
public sealed record SourceSpan(string Source, int Line, int Column, int EndLine, int EndColumn);

/// <summary>How grave a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Something the author may want to know.</summary>
    Note,

    /// <summary>Probably not what the author meant; the plan stands.</summary>
    Warning,

    /// <summary>There is no plan.</summary>
    Error,
}

/// <summary>One problem of a source, at its place.</summary>
/// <param name="Code">The stable code, <c>SP</c> and four digits; <c>spectral describe CODE</c> explains it.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Span">Where it is; null where no place in a text is to blame (a missing file).</param>
/// <param name="Message">What was found and what was expected, as one sentence without a full stop.</param>
/// <param name="Help">What to do, or null.</param>
public sealed record Diagnostic(string Code, Severity Severity, SourceSpan? Span, string Message, string? Help);
