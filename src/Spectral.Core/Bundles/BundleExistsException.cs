namespace Spectral.Core.Bundles;

/// <summary>Something stands where a bundle is to go; it is never replaced.</summary>
/// <param name="path">What stands there.</param>
public sealed class BundleExistsException(string path) : IOException($"{path} exists already");
