using System.Collections.Immutable;

namespace Spectral.Core.Execution;

/// <summary>Where .NET looks for this program's native libraries, before it asks the system.</summary>
public static class NativeFolders
{
    /// <summary>The folders, in the order in which they are searched.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        .. (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Distinct(),
    ];

    /// <summary>The file name of a library on this system, such as <c>libc10.so</c> for <c>c10</c>.</summary>
    public static string FileOf(string stem) =>
        OperatingSystem.IsWindows() ? stem + ".dll"
        : OperatingSystem.IsMacOS() ? $"lib{stem}.dylib"
        : $"lib{stem}.so";

    /// <summary>The path of a library that this program brings along; null where it brings none.</summary>
    public static string? Find(string stem) =>
        All.Select(folder => Path.Combine(folder, FileOf(stem))).FirstOrDefault(File.Exists);

    /// <summary>The path behind all links of the file itself.</summary>
    internal static string RealPath(string path) =>
        Path.GetFullPath(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);

    /// <summary>What the dynamic linker says, without the folders that .NET looked through.</summary>
    internal static string FirstLine(Exception failure)
    {
        string[] lines = failure.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // .NET's own sentence comes first, then each path with the linker's words about it.
        return lines.Length > 1 ? lines[1].TrimEnd('.') : lines[0];
    }
}
