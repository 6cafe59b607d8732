using System.Globalization;
using System.Text;
using Spectral.Core.Plans;

namespace Spectral.Cli.Terminal;

/// <summary>
/// Diagnostics as workflow commands of GitHub Actions, a line each:
/// <c>::error file=a.yaml,line=7,col=9,endLine=7,endColumn=14,title=SP0202::unknown setting ...</c>.
/// </summary>
public static class DiagnosticCommands
{
    /// <summary>All diagnostics of a compilation, each ending in a line feed.</summary>
    public static string Of(Compilation compilation)
    {
        ArgumentNullException.ThrowIfNull(compilation);
        return string.Concat(compilation.Diagnostics.Select(diagnostic => Of(diagnostic, compilation.SpecName())));
    }

    private static string Of(Diagnostic diagnostic, string? file)
    {
        StringBuilder text = new();
        text.Append("::").Append(Command(diagnostic.Severity)).Append(' ');
        // Only a file's lines can carry an annotation; an override has none.
        if (diagnostic.Span is { } span && span.Source == file)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"file={Property(span.Source)},line={span.Line},col={span.Column},endLine={span.EndLine},endColumn={span.EndColumn},");
        }

        string place = diagnostic.Span is { } at && at.Source != file ? $"{at.Source}:{at.Line}:{at.Column}: " : "";
        string help = diagnostic.Help is { } advice ? $"\n{advice}" : "";
        return text.Append($"title={diagnostic.Code}::{Data(place + diagnostic.Message + help)}\n").ToString();
    }

    private static string Command(Severity severity) => severity switch
    {
        Severity.Note => "notice",
        Severity.Warning => "warning",
        _ => "error",
    };

    /// <summary>Text as the data of a command.</summary>
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>Text as the value of a command's property.</summary>
    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
