namespace Spectral.Core.Plans;

/// <summary>Element types by the names that specs and plans use.</summary>
public static class PrecisionNames
{
    /// <summary><c>float32</c> or <c>float64</c>.</summary>
    public static string Of(Precision precision) => precision == Precision.Float32 ? "float32" : "float64";

    /// <summary>The element type of a name.</summary>
    /// <exception cref="FormatException">The name is neither.</exception>
    public static Precision Parse(string name) => name switch
    {
        "float32" => Precision.Float32,
        "float64" => Precision.Float64,
        _ => throw new FormatException($"expected float32 or float64, got '{name}'"),
    };
}
