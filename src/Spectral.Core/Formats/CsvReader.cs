using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>Splits a CSV file into records; see <see cref="CsvTable.Parse"/> for what it refuses.</summary>
internal sealed class CsvReader
{
    private readonly string _text;
    private int _at;
    private int _line = 1;

    /// <summary>Takes a whole file.</summary>
    /// <exception cref="FormatException">The bytes are not UTF-8, or begin with a byte order mark.</exception>
    public CsvReader(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Encoding.UTF8.Preamble))
            throw Fault("found a byte order mark, expected the header");
        if (InvalidUtf8.IndexIn(utf8) is >= 0 and var invalid)
        {
            _line += utf8[..invalid].Count((byte)'\n');
            throw Fault("invalid UTF-8");
        }

        _text = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>All records, each with the number of the line on which it begins.</summary>
    /// <exception cref="FormatException">With the number of the line.</exception>
    public List<(int Line, ImmutableArray<string> Fields)> Records()
    {
        var records = new List<(int, ImmutableArray<string>)>();
        while (_at < _text.Length)
            records.Add((_line, Record()));
        return records;
    }

    private ImmutableArray<string> Record()
    {
        var fields = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            if (fields.Count == CsvTable.MaximumColumns)
                throw Fault($"found more than {CsvTable.MaximumColumns} fields");
            fields.Add(_at < _text.Length && _text[_at] == '"' ? QuotedField() : PlainField());
            if (_at == _text.Length)
                throw Fault("found the end of the file, expected a line end; the file may be cut short");
            if (_text[_at] == ',')
            {
                _at++;
                continue;
            }

            EndLine();
            return fields.ToImmutable();
        }
    }

    private string PlainField()
    {
        var start = _at;
        var length = _text.AsSpan(_at).IndexOfAny(",\"\r\n");
        _at = length < 0 ? _text.Length : _at + length;
        if (_at < _text.Length && _text[_at] == '"')
            throw Fault("found a quote inside a field that does not begin with one");
        return _text[start.._at];
    }

    private string QuotedField()
    {
        var opened = _line;
        var field = new StringBuilder();
        _at++;
        while (true)
        {
            var length = _text.AsSpan(_at).IndexOf('"');
            if (length < 0)
            {
                _line = opened;
                throw Fault("found a quoted field that is not closed");
            }

            var part = _text.AsSpan(_at, length);
            field.Append(part);
            _line += part.Count('\n');
            _at += length + 1;
            if (_at == _text.Length || _text[_at] != '"')
                break;
            field.Append('"');
            _at++;
        }

        if (_at < _text.Length && _text[_at] is not (',' or '\r' or '\n'))
            throw Fault($"found '{_text[_at]}' after a quoted field, expected a comma or a line end");
        return field.ToString();
    }

    private void EndLine()
    {
        if (_text[_at] == '\r')
            _at++;
        if (_at == _text.Length || _text[_at] != '\n')
            throw Fault("found a carriage return that is not part of a line end");
        _at++;
        _line++;
    }

    private FormatException Fault(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"CSV, line {_line}: {what}"));
}
