using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>One way in which a folder is not a sound bundle.</summary>
/// <remarks>
/// The texts may quote what a stranger wrote: each is one line of bounded length without control characters.
/// </remarks>
/// <param name="Path">
/// The file or folder, from the bundle's root with '/' between segments; the bundle itself is <c>.</c>.
/// </param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What the format or a manifest demands.</param>
public sealed record BundleProblem(string Path, string Found, string Expected)
{
    private const int LongestPath = 1000;
    private const int LongestText = 400;

    /// <summary>The file or folder, from the bundle's root with '/' between segments.</summary>
    public string Path { get; } = SafeText.Of(Path, LongestPath);

    /// <summary>What is there.</summary>
    public string Found { get; } = SafeText.Of(Found, LongestText);

    /// <summary>What the format or a manifest demands.</summary>
    public string Expected { get; } = SafeText.Of(Expected, LongestText);
}
