using System.Text.RegularExpressions;

namespace Spectral.Core.Execution;

/// <summary>The version of a libtorch on disk, as the files beside it tell.</summary>
public static partial class LibtorchVersion
{
    /// <summary>
    /// The version, such as <c>2.11.0+cu130</c>: PyTorch's <c>version.py</c> or a libtorch archive's <c>build-version</c>
    /// in the folder above; null where there is neither.
    /// </summary>
    /// <param name="folder">The folder with the libraries.</param>
    public static string? Of(string folder)
    {
        // Of a link, the folder above is where the link lies: that is where PyTorch's own files are, too.
        string above = Path.Combine(folder, "..");
        if (Read(Path.Combine(above, "version.py")) is { } python && Assignment().Match(python) is { Success: true } found)
            return found.Groups[1].Value;
        return Read(Path.Combine(above, "build-version"))?.Trim() is { Length: > 0 and < 64 } text ? text : null;
    }

    /// <summary>Major and minor number, <c>2.11</c> of <c>2.11.0+cu130</c>.</summary>
    public static string Line(string version) => string.Join('.', version.Split('+')[0].Split('.').Take(2));

    private static string? Read(string path)
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length < 1 << 16 ? File.ReadAllText(path) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex("""^__version__\s*(?::[^=\n]*)?=\s*['"]([^'"\n]{1,64})['"]""", RegexOptions.Multiline)]
    private static partial Regex Assignment();
}
