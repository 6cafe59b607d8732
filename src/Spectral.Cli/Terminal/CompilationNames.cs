using Spectral.Core.Plans;

namespace Spectral.Cli.Terminal;

/// <summary>How the texts of a compilation are told apart.</summary>
internal static class CompilationNames
{
    /// <summary>The spec's own name among its sources; null where it could not be read.</summary>
    public static string? SpecName(this Compilation compilation) =>
        compilation.Sources.FirstOrDefault(source => !source.Name.StartsWith("<-S #", StringComparison.Ordinal))?.Name;
}
