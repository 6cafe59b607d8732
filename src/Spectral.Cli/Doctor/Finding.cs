namespace Spectral.Cli.Doctor;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Sound">Whether it is as it should be; null where it is a fact that may be either way.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do, where something is wrong.</param>
internal sealed record Finding(string Subject, bool? Sound, string Found, string? Remedy = null);
