using MathNet.Numerics;

namespace Spectral.Core.Numerics;

/// <summary>A plain real number in binary64.</summary>
/// <param name="Value">The number.</param>
public readonly record struct Real(double Value) : IElementary<Real>
{
    /// <summary>The sum.</summary>
    public static Real operator +(Real left, Real right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static Real operator -(Real left, Real right) => new(left.Value - right.Value);

    /// <summary>The product.</summary>
    public static Real operator *(Real left, Real right) => new(left.Value * right.Value);

    /// <summary>The quotient.</summary>
    public static Real operator /(Real left, Real right) => new(left.Value / right.Value);

    /// <summary>The number with the other sign.</summary>
    public static Real operator -(Real value) => new(-value.Value);

    /// <inheritdoc/>
    public static Real Of(double value) => new(value);

    /// <inheritdoc/>
    public static bool IsPositive(Real x) => x.Value > 0;

    /// <inheritdoc/>
    public static Real Exp(Real x) => new(Math.Exp(x.Value));

    /// <inheritdoc/>
    /// <remarks>
    /// log(w) x / (w - 1) with w = 1 + x as rounded: both factors err alike (Higham, Accuracy and Stability of
    /// Numerical Algorithms, section 1.14.1).
    /// </remarks>
    public static Real LogOnePlus(Real x)
    {
        double rounded = 1 + x.Value;
        return new(rounded == 1 ? x.Value : Math.Log(rounded) * x.Value / (rounded - 1));
    }

    /// <inheritdoc/>
    public static Real Tanh(Real x) => new(Math.Tanh(x.Value));

    /// <inheritdoc/>
    public static Real NormalDistribution(Real x) => new(0.5 * SpecialFunctions.Erfc(-x.Value / Constants.Sqrt2));
}
