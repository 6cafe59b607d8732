using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary>Compiles a spec for a verb and shows on stderr what the compiler said.</summary>
internal static class SpecReading
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether a spec is an F# script, which is run, and not a YAML file, which is read.</summary>
    public static bool IsScript(string path) => path.EndsWith(".fsx", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The compilation, with its problems told on stderr; where it has no experiment, the verb ends with
    /// <see cref="ExitCode.Usage"/>.
    /// </summary>
    /// <param name="path">The spec: an F# script if it ends in <c>.fsx</c>, else YAML.</param>
    /// <param name="overrides">The overrides in order.</param>
    /// <param name="point">The only point of the sweep that is asked for, by its number; null for all.</param>
    /// <param name="format">How problems are written.</param>
    /// <param name="cancellation">Ends a script that runs.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static Compilation Compile(
        string path,
        IEnumerable<string> overrides,
        int? point = null,
        DiagnosticFormat format = DiagnosticFormat.Text,
        CancellationToken cancellation = default)
    {
        Compilation compilation = Read(path, overrides, point, cancellation);
        if (compilation.Diagnostics.Length > 0)
            Console.Error.Write(Text(compilation, format));
        return compilation;
    }

    /// <summary>The compilation alone.</summary>
    /// <param name="path">The spec: an F# script if it ends in <c>.fsx</c>, else YAML.</param>
    /// <param name="overrides">The overrides in order.</param>
    /// <param name="point">The only point of the sweep that is asked for, by its number; null for all.</param>
    /// <param name="cancellation">Ends a script that runs.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static Compilation Read(
        string path, IEnumerable<string> overrides, int? point, CancellationToken cancellation) =>
        (IsScript(path), point) switch
        {
            (true, _) => Compiler.CompileScript(path, () => ScriptRun.Of(path, cancellation), [.. overrides], point),
            (_, { } number) => Compiler.CompilePoint(path, [.. overrides], number),
            _ => Compiler.Compile(path, [.. overrides]),
        };

    /// <summary>JSON as people and programs read it, ending in a line feed.</summary>
    public static string Text(JsonObject json) => json.ToJsonString(Indented) + "\n";

    /// <summary>The overrides of a command line: each -S, and --threads as one more.</summary>
    public static ImmutableArray<string> Overrides(string[] set, int? threads) =>
        threads is { } count ? [.. set, FormattableString.Invariant($"threads={count}")] : [.. set];

    private static string Text(Compilation compilation, DiagnosticFormat format) => format switch
    {
        DiagnosticFormat.Json => Text(new JsonObject { ["diagnostics"] = DiagnosticJson.Of(compilation.Diagnostics) }),
        DiagnosticFormat.Sarif => Text(DiagnosticSarif.Of([compilation])),
        DiagnosticFormat.GitHub => DiagnosticCommands.Of(compilation),
        _ => DiagnosticText.Of(compilation),
    };
}
