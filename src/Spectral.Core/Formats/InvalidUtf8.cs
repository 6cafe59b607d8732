using System.Buffers;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>Finds the place where bytes stop being UTF-8, for messages that say where.</summary>
internal static class InvalidUtf8
{
    /// <summary>The offset of the first byte that begins no whole character; -1 where all bytes are UTF-8.</summary>
    public static int IndexIn(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return -1;
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == OperationStatus.Done)
            at += length;
        return at;
    }
}
