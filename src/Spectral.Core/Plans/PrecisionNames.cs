namespace Spectral.Core.Plans;

/// <summary>Element types by the names that specs and plans use.</summary>
public static class PrecisionNames
{
    /// <summary><c>float32</c> or <c>float64</c>.</summary>
    public static string Of(Precision precision) => precision == Precision.Float32 ? "float32" : "float64";

    /// <summary>The element type of a name, or null where the name is neither.</summary>
    public static Precision? Find(string name) => name switch
    {
        "float32" => Precision.Float32,
        "float64" => Precision.Float64,
        _ => null,
    };
}
