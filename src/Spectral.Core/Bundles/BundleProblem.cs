namespace Spectral.Core.Bundles;

/// <summary>One way in which a folder is not a sound bundle.</summary>
/// <param name="Path">
/// The file or folder, from the bundle's root with '/' between segments; the bundle itself is <c>.</c>.
/// </param>
/// <param name="Found">What is there.</param>
/// <param name="Expected">What the format or a manifest demands.</param>
public sealed record BundleProblem(string Path, string Found, string Expected);
