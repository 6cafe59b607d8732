using Spectral.EndToEnd.Tests.Fixtures;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>One way to make a bundle that does harm to a careless reader.</summary>
/// <param name="Name">What was done, in a few words.</param>
/// <param name="Forge">Does it to a copy of a sound bundle.</param>
public sealed record HostileCase(string Name, Action<BundleForgery> Forge);
