using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>
/// Checks that a file is a table as <see cref="CsvTable.Parse"/> reads it, in memory that does not grow with the file.
/// </summary>
internal sealed class CsvForm
{
    private const int BlockLength = 1 << 16;

    /// <summary>The longest header, in bytes, with its line end.</summary>
    private const int LongestHeader = BlockLength;

    private enum Place
    {
        FieldStart,
        Plain,
        Quoted,
        AfterQuote,
        AfterReturn,
    }

    private readonly char[] _letters = new char[BlockLength + 1];
    private Place _place = Place.FieldStart;
    private long _line = 1;
    private long _fields = 1;
    private long? _columns;
    private bool _isEmpty = true;

    /// <summary>Reads the file once.</summary>
    /// <exception cref="FormatException">As <see cref="CsvTable.Parse"/> says; also a header over 64 KiB.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Check(Stream file)
    {
        var form = new CsvForm();
        var letters = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var block = new byte[BlockLength];
        for (var isFirst = true; ; isFirst = false)
        {
            var count = file.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false);
            var bytes = block.AsSpan(0, count);
            if (isFirst)
                CheckHeader(bytes);
            form.CheckUtf8(letters, bytes, isLast: count < BlockLength);
            foreach (var letter in bytes)
                form.Take(letter);
            if (count < BlockLength)
                break;
        }

        form.End();
    }

    // The header is short, so that its names are checked by the reader itself.
    private static void CheckHeader(ReadOnlySpan<byte> start)
    {
        var isQuoted = false;
        for (var i = 0; i < start.Length; i++)
        {
            isQuoted ^= start[i] == '"';
            if (start[i] != '\n' || isQuoted)
                continue;
            CsvTable.Parse(start[..(i + 1)]);
            return;
        }

        if (start.Length == LongestHeader)
            throw new FormatException($"CSV, line 1: found a header of more than {LongestHeader} bytes");
    }

    private void CheckUtf8(Decoder letters, ReadOnlySpan<byte> bytes, bool isLast)
    {
        try
        {
            letters.GetChars(bytes, _letters, isLast);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("invalid UTF-8 on it or after it");
        }
    }

    private void Take(byte letter)
    {
        _isEmpty = false;
        switch (_place, letter)
        {
            case (Place.FieldStart, (byte)'"'):
                _place = Place.Quoted;
                break;
            case (Place.Plain, (byte)'"'):
                throw Fault("found a quote inside a field that does not begin with one");
            case (Place.Quoted, (byte)'"'):
                _place = Place.AfterQuote;
                break;
            case (Place.Quoted, _):
                _line += letter == '\n' ? 1 : 0;
                break;
            case (Place.AfterQuote, (byte)'"'):
                _place = Place.Quoted;
                break;
            case (Place.AfterReturn, not (byte)'\n'):
                throw Fault("found a carriage return that is not part of a line end");
            case (_, (byte)','):
                _fields++;
                _place = Place.FieldStart;
                break;
            case (_, (byte)'\r'):
                _place = Place.AfterReturn;
                break;
            case (_, (byte)'\n'):
                EndRecord();
                break;
            case (Place.AfterQuote, _):
                throw Fault("found more after a quoted field, expected a comma or a line end");
            default:
                _place = Place.Plain;
                break;
        }
    }

    private void EndRecord()
    {
        _columns ??= _fields;
        if (_fields != _columns)
            throw Fault(string.Create(
                CultureInfo.InvariantCulture, $"found {_fields} fields, expected {_columns}"));
        _fields = 1;
        _line++;
        _place = Place.FieldStart;
    }

    private void End()
    {
        if (_isEmpty)
            throw Fault("found an empty file, expected a header");
        if (_place != Place.FieldStart || _fields != 1)
            throw Fault("found the end of the file, expected a line end; the file may be cut short");
    }

    private FormatException Fault(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"CSV, line {_line}: {what}"));
}
