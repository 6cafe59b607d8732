using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>
/// Checks that a file is a table as <see cref="CsvTable.Parse"/> reads it, in memory that does not grow with the file.
/// It is stricter where a table could harm who prints it: no control characters, no field over 64 KiB.
/// </summary>
public sealed class CsvForm
{
    private const int BlockLength = 1 << 16;

    /// <summary>The longest header, in bytes, with its line end.</summary>
    private const int LongestHeader = BlockLength;

    private const int LongestField = BlockLength;

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
    private int _fieldLength;
    private long? _columns;
    private bool _isEmpty = true;

    private CsvForm()
    {
    }

    /// <summary>Reads the file once.</summary>
    /// <param name="file">The file, at its start.</param>
    /// <exception cref="FormatException">
    /// As <see cref="CsvTable.Parse"/> says; also a header or a field over 64 KiB, or a control character.
    /// </exception>
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
        if (letter is < (byte)' ' and not ((byte)'\n' or (byte)'\r' or (byte)'\t') or 0x7f)
            throw Fault($"found the control character {letter}");
        if (++_fieldLength > LongestField)
            throw Fault($"found a field of more than {LongestField} bytes");
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
                _fieldLength = 0;
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
        _fieldLength = 0;
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
