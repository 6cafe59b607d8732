using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Plans;

namespace Spectral.Cli.Terminal;

/// <summary>Diagnostics as text: <c>file:line:col: error SP0103: ...</c>, the source line, a caret and what to do.</summary>
public static class DiagnosticText
{
    /// <summary>All diagnostics of a compilation, each ending in a line feed.</summary>
    public static string Of(Compilation compilation) =>
        string.Concat(compilation.Diagnostics.Select(diagnostic => Of(diagnostic, compilation.Sources)));

    private static string Of(Diagnostic diagnostic, ImmutableArray<SourceText> sources)
    {
        StringBuilder text = new();
        string severity = diagnostic.Severity.ToString().ToLowerInvariant();
        string place = diagnostic.Span is { } span ? $"{span.Source}:{span.Line}:{span.Column}: " : "";
        text.Append($"{place}{severity} {diagnostic.Code}: {diagnostic.Message}\n");
        if (diagnostic.Span is { } at && Line(sources, at) is { } line)
        {
            string gutter = $"{at.Line,5} | ";
            text.Append($"{gutter}{line}\n{new string(' ', gutter.Length - 2)}| {Caret(line, at)}\n");
        }

        if (diagnostic.Help is { } help)
            text.Append($"        help: {help}\n");
        return text.ToString();
    }

    private static string? Line(ImmutableArray<SourceText> sources, SourceSpan span)
    {
        string[]? lines = sources.FirstOrDefault(source => source.Name == span.Source)?.Text.Split('\n');
        string? line = lines is not null && span.Line <= lines.Length ? lines[span.Line - 1].TrimEnd('\r') : null;
        // A line of a minified or binary file would push the message off the screen.
        return line is { Length: <= 200 } && !line.Any(letter => char.IsControl(letter) && letter != '\t') ? line : null;
    }

    /// <summary>A caret under the span's first column and tildes to its end; tabs of the line are kept, so that it lines up.</summary>
    private static string Caret(string line, SourceSpan span)
    {
        int column = Math.Min(span.Column - 1, line.Length);
        string indent = string.Concat(line.Take(column).Select(letter => letter == '\t' ? '\t' : ' '));
        int end = span.EndLine == span.Line ? Math.Min(span.EndColumn - 1, line.Length) : line.Length;
        return indent + "^" + new string('~', Math.Max(0, end - column - 1));
    }
}
