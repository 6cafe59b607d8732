namespace Spectral.Core.Tests.Conventions;

/// <summary>The checkout that the tests were built from, for tests that read sources.</summary>
internal static class Checkout
{
    /// <summary>The folder that holds Spectral.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The path of a file or folder of the checkout.</summary>
    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Spectral.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Spectral.sln is not above the tests");
    }
}
