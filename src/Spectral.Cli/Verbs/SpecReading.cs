using System.Collections.Immutable;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary>Compiles a spec for a verb and shows on stderr what the compiler said.</summary>
internal static class SpecReading
{
    /// <summary>The compilation; where its experiment is null, the verb ends with <see cref="ExitCode.Usage"/>.</summary>
    public static Compilation Compile(string path, IEnumerable<string> overrides)
    {
        Compilation compilation = Compiler.Compile(path, [.. overrides]);
        Console.Error.Write(DiagnosticText.Of(compilation));
        return compilation;
    }

    /// <summary>The overrides of a command line: each -S, and --threads as one more.</summary>
    public static ImmutableArray<string> Overrides(string[] set, int? threads) =>
        threads is { } count ? [.. set, FormattableString.Invariant($"threads={count}")] : [.. set];
}
