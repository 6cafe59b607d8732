using System.Runtime.InteropServices;

namespace Spectral.Core.Formats;

/// <summary>
/// Tells files from pipes and sockets, which .NET does not, and which would make a reader wait for ever.
/// </summary>
public static partial class RegularFile
{
    private const int NoSuchDevice = 6; // ENXIO, on Linux and on the BSDs: a socket cannot be opened
    private const int FromHere = 1; // SEEK_CUR

    // O_NONBLOCK of Linux and of the BSDs; access is read-only, which is 0 on both.
    private static readonly int ReadWithoutWaiting = OperatingSystem.IsLinux() ? 0x800 : 0x4;

    /// <summary>Whether a file has content that can be read to its end.</summary>
    /// <exception cref="IOException">The file is gone.</exception>
    public static bool Is(FileInfo file)
    {
        // Whatever is no regular file says that it is empty.
        if (file.Length > 0 || OperatingSystem.IsWindows())
            return true;
        var descriptor = Open(file.FullName, ReadWithoutWaiting);
        // A file that may not be opened is reported when it is hashed.
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError() != NoSuchDevice;
        var isSeekable = Seek(descriptor, 0, FromHere) >= 0;
        _ = Close(descriptor);
        return isSeekable;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long offset, int origin);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
