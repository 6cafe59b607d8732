using System.Collections.Immutable;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary>Compiles a spec for a verb and shows on stderr what the compiler said.</summary>
internal static class SpecReading
{
    /// <summary>Whether a spec is an F# script, which is run, and not a YAML file, which is read.</summary>
    public static bool IsScript(string path) => path.EndsWith(".fsx", StringComparison.OrdinalIgnoreCase);

    /// <summary>The compilation; where its experiment is null, the verb ends with <see cref="ExitCode.Usage"/>.</summary>
    /// <param name="path">The spec: an F# script if it ends in <c>.fsx</c>, else YAML.</param>
    /// <param name="overrides">The overrides in order.</param>
    /// <param name="cancellation">Ends a script that runs.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static Compilation Compile(string path, IEnumerable<string> overrides, CancellationToken cancellation)
    {
        Compilation compilation = IsScript(path)
            ? Compiler.CompileScript(path, () => ScriptRun.Of(path, cancellation), [.. overrides])
            : Compiler.Compile(path, [.. overrides]);
        Console.Error.Write(DiagnosticText.Of(compilation));
        return compilation;
    }

    /// <summary>The overrides of a command line: each -S, and --threads as one more.</summary>
    public static ImmutableArray<string> Overrides(string[] set, int? threads) =>
        threads is { } count ? [.. set, FormattableString.Invariant($"threads={count}")] : [.. set];
}
