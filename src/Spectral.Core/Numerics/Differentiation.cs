namespace Spectral.Core.Numerics;

/// <summary>
/// Derivatives of functions of one variable, under the names that DiffSharp gives them, <c>diff</c> and <c>diff2</c>:
/// it could take this file's place (docs/adr/0007).
/// </summary>
public static class Differentiation
{
    /// <summary>f'(x), exact but for rounding.</summary>
    /// <param name="f">The function, written in <see cref="Dual"/> numbers.</param>
    /// <param name="x">Where.</param>
    public static double Diff(Func<Dual, Dual> f, double x) => f(Dual.Variable(x)).First;

    /// <summary>f''(x), exact but for rounding.</summary>
    /// <param name="f">The function, written in <see cref="Dual"/> numbers.</param>
    /// <param name="x">Where.</param>
    public static double Diff2(Func<Dual, Dual> f, double x) => f(Dual.Variable(x)).Second;
}
