namespace Spectral.Kernels;

/// <summary>What one run of a kernel computes.</summary>
/// <param name="count">Floating-point operations, a multiplication and an addition counting as two.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FlopsAttribute(double count) : Attribute
{
    /// <summary>Floating-point operations; 0 for a kernel that only moves numbers.</summary>
    public double Count { get; } = count;
}
