using System.Reflection;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Running;

/// <summary>How this program names itself in what it leaves behind.</summary>
internal static class Software
{
    /// <summary>The version, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Software).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>The version with the commit that it was built from, where the build knew one.</summary>
    public static string FullVersion { get; } =
        typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Version;

    /// <summary>Name and version.</summary>
    public static string NameAndVersion { get; } = "spectral " + Version;

    /// <summary>What RO-Crate knows the program by. It has no public address yet, and the reserved name says so.</summary>
    public const string Url = ProvenanceStatement.BuilderId;
}
