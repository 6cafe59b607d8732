namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>Files of the checkout that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The checkout's folder.</summary>
    public static string Root { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Spec.Quickstart)!, ".."));

    /// <summary>The absolute path of names below it.</summary>
    public static string Path(params string[] names) => System.IO.Path.Combine([Root, .. names]);

    /// <summary>Every spec in <c>experiments</c>, absolute, in order.</summary>
    public static string[] Experiments() =>
        [.. Directory.GetFiles(Path("experiments"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
