using MathNet.Numerics;

namespace Spectral.Core.Numerics;

/// <summary>
/// The value of a function of one variable with its first and second derivative: a Taylor polynomial of degree 2 that
/// sums, products and elementary functions carry along by the chain rule, exactly but for rounding.
/// </summary>
/// <param name="Value">f(x).</param>
/// <param name="First">f'(x).</param>
/// <param name="Second">f''(x).</param>
/// <remarks>Source: Griewank and Walther, Evaluating Derivatives, chapter 13.</remarks>
public readonly record struct Dual(double Value, double First, double Second) : IElementary<Dual>
{
    /// <summary>The sum.</summary>
    public static Dual operator +(Dual left, Dual right) =>
        new(left.Value + right.Value, left.First + right.First, left.Second + right.Second);

    /// <summary>The difference.</summary>
    public static Dual operator -(Dual left, Dual right) => left + -right;

    /// <summary>The product: (f g)'' = f'' g + 2 f' g' + f g''.</summary>
    public static Dual operator *(Dual left, Dual right) => new(
        left.Value * right.Value,
        (left.First * right.Value) + (left.Value * right.First),
        (left.Second * right.Value) + (2 * left.First * right.First) + (left.Value * right.Second));

    /// <summary>The quotient: q = f / g from f = q g.</summary>
    public static Dual operator /(Dual left, Dual right)
    {
        double value = left.Value / right.Value;
        double first = (left.First - (value * right.First)) / right.Value;
        double second = (left.Second - (2 * first * right.First) - (value * right.Second)) / right.Value;
        return new(value, first, second);
    }

    /// <summary>The function with the other sign.</summary>
    public static Dual operator -(Dual value) => new(-value.Value, -value.First, -value.Second);

    /// <summary>The variable itself at a place: derivatives 1 and 0.</summary>
    public static Dual Variable(double at) => new(at, 1, 0);

    /// <inheritdoc/>
    public static Dual Of(double value) => new(value, 0, 0);

    /// <inheritdoc/>
    public static bool IsPositive(Dual x) => x.Value > 0;

    /// <inheritdoc/>
    public static Dual Exp(Dual x)
    {
        double exp = Math.Exp(x.Value);
        return x.Through(exp, exp, exp);
    }

    /// <inheritdoc/>
    public static Dual LogOnePlus(Dual x)
    {
        double slope = 1 / (1 + x.Value);
        return x.Through(Real.LogOnePlus(new Real(x.Value)).Value, slope, -slope * slope);
    }

    /// <inheritdoc/>
    public static Dual Tanh(Dual x)
    {
        // 1 - tanh^2 would lose everything where tanh is near 1.
        double tanh = Math.Tanh(x.Value), cosh = Math.Cosh(x.Value), slope = 1 / cosh / cosh;
        return x.Through(tanh, slope, -2 * tanh * slope);
    }

    /// <inheritdoc/>
    public static Dual NormalDistribution(Dual x)
    {
        double density = Constants.InvSqrt2Pi * Math.Exp(-0.5 * x.Value * x.Value);
        return x.Through(Real.NormalDistribution(new Real(x.Value)).Value, density, -x.Value * density);
    }

    /// <summary>g(f) by the chain rule, from g, g' and g'' at f's value.</summary>
    private Dual Through(double value, double first, double second) =>
        new(value, first * First, (second * First * First) + (first * Second));
}
