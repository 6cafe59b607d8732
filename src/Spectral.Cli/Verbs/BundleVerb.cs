using System.CommandLine;

namespace Spectral.Cli.Verbs;

/// <summary><c>bundle</c>: signs bundles, and carries them as one file.</summary>
internal static class BundleVerb
{
    /// <summary>The verb with its three verbs.</summary>
    public static Command Command() => new("bundle", "Sign a bundle, pack it into one file, unpack one.")
    {
        BundleSignVerb.Command(),
        BundlePackVerb.Command(),
        BundleUnpackVerb.Command(),
    };
}
