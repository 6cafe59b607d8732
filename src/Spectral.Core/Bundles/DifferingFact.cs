namespace Spectral.Core.Bundles;

/// <summary>What a fact is about.</summary>
public enum FactKind
{
    /// <summary>The examples that went in.</summary>
    Data,

    /// <summary>The machine, libtorch, the device, the number of threads.</summary>
    Environment,

    /// <summary>The program's own code.</summary>
    Code,
}

/// <summary>A fact that decides bits and is another one in a second run.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">Its name, such as <c>threads</c> or <c>sources_sha256/digits.csv</c>.</param>
/// <param name="Bundle">Its value in the bundle; <c>none</c> where it is not there.</param>
/// <param name="Here">Its value in the second run, likewise.</param>
public sealed record DifferingFact(FactKind Kind, string Name, string Bundle, string Here)
{
    /// <summary>What stands for a fact that a run does not have.</summary>
    public const string None = "none";

    /// <summary>The fact in one line; long digests cut to 12 digits.</summary>
    public string Text => $"{Name}: {Short(Bundle)}, then {Short(Here)}";

    private static string Short(string value) =>
        value.Length == 64 && value.All(char.IsAsciiHexDigitLower) ? value[..12] : value;
}
