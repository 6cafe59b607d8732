using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Spectral.Core.Formats;

/// <summary>
/// Tells files from pipes, sockets and devices, which .NET does not, and which would make a reader wait for ever.
/// </summary>
public static partial class RegularFile
{
    private const int NoSuchDevice = 6; // ENXIO, on Linux and on the BSDs: a socket cannot be opened
    private const int FromHere = 1; // SEEK_CUR
    private const int ReadWithoutWaiting = 0x4; // O_RDONLY and O_NONBLOCK of the BSDs

    // statx of Linux, whose structure is alike on all processors: its mode is 16 bits at offset 28.
    private const int WorkingFolder = -100; // AT_FDCWD
    private const uint TypeWanted = 1; // STATX_TYPE
    private const int StructureLength = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG

    /// <summary>Whether a file has content that can be read to its end. A symbolic link is followed.</summary>
    /// <exception cref="IOException">The file is gone.</exception>
    public static bool Is(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        // Whatever is no regular file says that it is empty.
        if (file.Length > 0 || OperatingSystem.IsWindows())
            return true;
        return OperatingSystem.IsLinux() ? IsByType(file.FullName) : IsSeekable(file.FullName);
    }

    // Nothing is opened, which a device might notice. What cannot be looked at is reported when it is read.
    private static bool IsByType(string path)
    {
        var structure = new byte[StructureLength];
        return Statx(WorkingFolder, path, 0, TypeWanted, ref structure[0]) != 0
            || (BinaryPrimitives.ReadUInt16LittleEndian(structure.AsSpan(ModeOffset)) & TypeMask) == Regular;
    }

    private static bool IsSeekable(string path)
    {
        var descriptor = Open(path, ReadWithoutWaiting);
        // A file that may not be opened is reported when it is hashed.
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError() != NoSuchDevice;
        var isSeekable = Seek(descriptor, 0, FromHere) >= 0;
        _ = Close(descriptor);
        return isSeekable;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte structure);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long offset, int origin);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
