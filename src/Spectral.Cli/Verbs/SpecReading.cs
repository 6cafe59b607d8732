using System.Collections.Immutable;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary>Compiles a spec for a verb and shows on stderr what the compiler said.</summary>
internal static class SpecReading
{
    /// <summary>The compilation; where it has no experiment, the verb ends with <see cref="ExitCode.Usage"/>.</summary>
    /// <param name="path">The spec.</param>
    /// <param name="overrides">The overrides in order.</param>
    /// <param name="point">The only point of the sweep that is asked for, by its number; null for all.</param>
    public static Compilation Compile(string path, IEnumerable<string> overrides, int? point = null)
    {
        Compilation compilation = point is { } number
            ? Compiler.CompilePoint(path, [.. overrides], number)
            : Compiler.Compile(path, [.. overrides]);
        Console.Error.Write(DiagnosticText.Of(compilation));
        return compilation;
    }

    /// <summary>The overrides of a command line: each -S, and --threads as one more.</summary>
    public static ImmutableArray<string> Overrides(string[] set, int? threads) =>
        threads is { } count ? [.. set, FormattableString.Invariant($"threads={count}")] : [.. set];
}
