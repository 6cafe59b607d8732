using System.Numerics;

namespace Spectral.Core.Numerics;

/// <summary>
/// A number that an activation can be written in once and for all: a <see cref="Real"/> gives its value, a
/// <see cref="Dual"/> also its derivatives. Every function is defined on the whole real line.
/// </summary>
/// <typeparam name="TSelf">The kind of number.</typeparam>
public interface IElementary<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : struct, IElementary<TSelf>
{
    /// <summary>A constant.</summary>
    static abstract TSelf Of(double value);

    /// <summary>Whether the value is above 0: for a function that is written in two pieces, each accurate on its
    /// side.</summary>
    static abstract bool IsPositive(TSelf x);

    /// <summary>exp x.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>log(1 + x), accurate for small x too; x > -1.</summary>
    static abstract TSelf LogOnePlus(TSelf x);

    /// <summary>tanh x.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>Phi(x) = erfc(-x / sqrt 2) / 2, the standard normal distribution function.</summary>
    static abstract TSelf NormalDistribution(TSelf x);
}
