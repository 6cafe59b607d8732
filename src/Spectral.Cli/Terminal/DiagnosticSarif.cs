using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Core.Plans;
using Spectral.Dsl;

namespace Spectral.Cli.Terminal;

/// <summary>Diagnostics as one run of a SARIF 2.1.0 log, with the title and explanation of every code that occurs.</summary>
public static class DiagnosticSarif
{
    /// <summary>The log.</summary>
    public static JsonObject Of(IEnumerable<Compilation> compilations)
    {
        ImmutableArray<Compilation> all = [.. compilations];
        ImmutableArray<string> codes =
        [
            .. all.SelectMany(one => one.Diagnostics).Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal),
        ];
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "spectral",
                        ["version"] = Software.Version,
                        ["rules"] = new JsonArray([.. codes.Select(code => (JsonNode)Rule(code))]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray(
                [
                    .. all.SelectMany(one => one.Diagnostics.Select(
                        diagnostic => (JsonNode)Result(diagnostic, one.SpecName(), codes))),
                ]),
            }),
        };
    }

    private static JsonObject Rule(string code)
    {
        string[] parts = Compiler.Explanations[code].Split("\n\n", 2);
        return new JsonObject
        {
            ["id"] = code,
            ["shortDescription"] = new JsonObject { ["text"] = parts[0] },
            ["fullDescription"] = new JsonObject { ["text"] = parts[1] },
            ["help"] = new JsonObject { ["text"] = parts[1] },
        };
    }

    private static JsonObject Result(Diagnostic diagnostic, string? file, ImmutableArray<string> codes)
    {
        string help = diagnostic.Help is { } advice ? $"\n{advice}" : "";
        bool isInFile = diagnostic.Span is { } span && span.Source == file;
        string place = diagnostic.Span is { } at && !isInFile ? $"{at.Source}:{at.Line}:{at.Column}: " : "";
        JsonObject result = new()
        {
            ["ruleId"] = diagnostic.Code,
            ["ruleIndex"] = codes.IndexOf(diagnostic.Code),
            ["level"] = DiagnosticJson.Severity(diagnostic),
            ["message"] = new JsonObject { ["text"] = place + diagnostic.Message + help },
        };
        if (isInFile)
            result["locations"] = new JsonArray(Location(diagnostic.Span!));
        return result;
    }

    private static JsonObject Location(SourceSpan span) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = Address(span.Source) },
            ["region"] = new JsonObject
            {
                ["startLine"] = span.Line,
                ["startColumn"] = span.Column,
                ["endLine"] = span.EndLine,
                ["endColumn"] = span.EndColumn,
            },
        },
    };

    /// <summary>A path as a URI reference: a relative one stays relative to where the command was given.</summary>
    private static string Address(string path) => Path.IsPathRooted(path)
        ? new Uri(path).AbsoluteUri
        : string.Join('/', path.Split(Path.DirectorySeparatorChar, '/').Select(Uri.EscapeDataString));
}
