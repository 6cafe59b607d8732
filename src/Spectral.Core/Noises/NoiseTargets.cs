using Spectral.Core.Plans;

namespace Spectral.Core.Noises;

/// <summary>What noises ask of the targets that they corrupt.</summary>
internal static class NoiseTargets
{
    /// <summary>
    /// The expectation that another class can only be given where there are two or more; null where it is met.
    /// </summary>
    public static string? TwoClasses(int outputs, bool areClasses) =>
        areClasses && outputs >= 2 ? null : "targets of 2 or more classes";

    /// <summary>Refuses targets that the noise says it cannot corrupt.</summary>
    /// <exception cref="ArgumentException">It does; a compiler tells the author before.</exception>
    public static void Require(LabelNoise noise, TargetArrays clean)
    {
        if (clean.Count > 0 && noise.Problem(clean.Outputs, clean.AreClasses) is { } expected)
            throw new ArgumentException($"{noise.GetType().Name} expects {expected}", nameof(clean));
    }
}
