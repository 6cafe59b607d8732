using System.Runtime.InteropServices;

namespace Spectral.Core.Formats;

/// <summary>
/// Files that are whole or not there: after a crash or a power cut a path holds its old content or its new one,
/// never a part.
/// </summary>
public static partial class DurableFile
{
    private const int OpenReadOnly = 0;
    private const int Interrupted = 4; // EINTR
    private const int NotSupported = 22; // EINVAL: some network and user-space file systems cannot sync a folder

    /// <summary>
    /// Puts bytes at a path, in place of any file there: a temporary file in the same folder, fsync, rename, fsync of
    /// the folder. Missing parent folders are created, durably too.
    /// </summary>
    /// <remarks>A process killed half-way can leave <c>.spectral-*.tmp</c> behind, never a partial target.</remarks>
    /// <param name="path">The file to write.</param>
    /// <param name="bytes">Its whole content; may be empty.</param>
    /// <exception cref="IOException">The disk is full, the path is a folder, and so on; the target stays.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)
            ?? throw new IOException($"'{path}' is the root of a file system, not a file");
        CreateFolder(folder);

        // The name does not contain the target's, which may be as long as a name can be.
        var temporary = Path.Combine(folder, $".spectral-{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        SyncFolder(folder);
    }

    /// <summary>
    /// Makes the names in a folder (files created, renamed, removed) survive a power cut. On Windows, which has no
    /// such call, and on file systems that do not know it, nothing happens.
    /// </summary>
    /// <param name="path">An existing folder.</param>
    /// <exception cref="IOException">The folder cannot be opened or synchronised.</exception>
    public static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;

        int descriptor;
        while ((descriptor = Open(path, OpenReadOnly)) < 0)
            ThrowUnlessInterrupted("open", path);
        try
        {
            while (Sync(descriptor) < 0)
            {
                if (Marshal.GetLastPInvokeError() == NotSupported)
                    return;
                ThrowUnlessInterrupted("fsync", path);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null)
            CreateFolder(parent);
        Directory.CreateDirectory(folder);
        if (parent is not null)
            SyncFolder(parent);
    }

    private static void ThrowUnlessInterrupted(string call, string path)
    {
        var code = Marshal.GetLastPInvokeError();
        if (code != Interrupted)
            throw new IOException($"cannot {call} the folder '{path}': {Marshal.GetPInvokeErrorMessage(code)}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
