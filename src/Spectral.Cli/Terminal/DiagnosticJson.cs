using System.Text.Json.Nodes;
using Spectral.Core.Plans;

namespace Spectral.Cli.Terminal;

/// <summary>Diagnostics as JSON, one object each; lines and columns count from 1, a column is a UTF-16 code unit.</summary>
public static class DiagnosticJson
{
    /// <summary>All diagnostics, in their order.</summary>
    public static JsonArray Of(IEnumerable<Diagnostic> diagnostics) =>
        new([.. diagnostics.Select(diagnostic => (JsonNode)Of(diagnostic))]);

    private static JsonObject Of(Diagnostic diagnostic) => new()
    {
        ["code"] = diagnostic.Code,
        ["severity"] = Severity(diagnostic),
        ["source"] = diagnostic.Span?.Source,
        ["line"] = diagnostic.Span?.Line,
        ["column"] = diagnostic.Span?.Column,
        ["end_line"] = diagnostic.Span?.EndLine,
        ["end_column"] = diagnostic.Span?.EndColumn,
        ["message"] = diagnostic.Message,
        ["help"] = diagnostic.Help,
    };

    /// <summary>The severity as a word: <c>note</c>, <c>warning</c> or <c>error</c>.</summary>
    public static string Severity(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return diagnostic.Severity.ToString().ToLowerInvariant();
    }
}
