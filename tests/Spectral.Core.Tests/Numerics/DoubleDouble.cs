namespace Spectral.Core.Tests.Numerics;

/// <summary>An unevaluated sum of two doubles, about 106 bits (Dekker 1971): an oracle's arithmetic.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static explicit operator double(DoubleDouble value) => value.High + value.Low;

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        (double s, double e) = TwoSum(x.High, y.High);
        (double t, double f) = TwoSum(x.Low, y.Low);
        (s, e) = TwoSum(s, e + t);
        (s, e) = TwoSum(s, e + f);
        return new(s, e);
    }

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        double p = x.High * y.High, e = Math.FusedMultiplyAdd(x.High, y.High, -p);
        (double s, double f) = TwoSum(p, e + ((x.High * y.Low) + (x.Low * y.High)));
        return new(s, f);
    }

    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        double first = x.High / y.High;
        DoubleDouble rest = x - (first * y);
        double second = rest.High / y.High;
        rest -= second * y;
        return (DoubleDouble)first + second + (rest.High / y.High);
    }

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (x.High <= 0)
            return 0;
        DoubleDouble root = Math.Sqrt(x.High);
        return root + ((x - (root * root)) / (2 * root));
    }

    private static (double Sum, double Error) TwoSum(double x, double y)
    {
        double sum = x + y, part = sum - x;
        return (sum, (x - (sum - part)) + (y - part));
    }
}
