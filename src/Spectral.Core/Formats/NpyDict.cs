using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Formats;

/// <summary>
/// The three entries of an npy header, and a reader of just as much of Python's notation as a header may hold: one
/// dict of quoted strings without escapes, True, False and tuples of integers. Nothing is evaluated.
/// </summary>
/// <param name="Descr">The element type as the file names it.</param>
/// <param name="FortranOrder">Whether the first axis is the fastest.</param>
/// <param name="Shape">The extents as they stand, possibly negative.</param>
internal sealed record NpyDict(string Descr, bool FortranOrder, ImmutableArray<long> Shape)
{
    /// <summary>Reads a header's text.</summary>
    /// <exception cref="FormatException">It is not a dict of exactly descr, fortran_order and shape.</exception>
    public static NpyDict Parse(string text)
    {
        var cursor = new Cursor(text);
        string? descr = null;
        bool? fortranOrder = null;
        ImmutableArray<long>? shape = null;
        cursor.Expect('{');
        while (!cursor.Accept('}'))
        {
            var key = cursor.Quoted();
            cursor.Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = cursor.Quoted();
                    break;
                case "fortran_order" when fortranOrder is null:
                    fortranOrder = cursor.Boolean();
                    break;
                case "shape" when shape is null:
                    shape = cursor.Tuple();
                    break;
                default:
                    throw cursor.Fault($"the key '{SafeText.Of(key, 20)}'", "descr, fortran_order and shape, once each");
            }

            if (!cursor.Accept(','))
            {
                cursor.Expect('}');
                break;
            }
        }

        cursor.End();
        if (descr is null || fortranOrder is null || shape is null)
            throw cursor.Fault("a dict with keys missing", "descr, fortran_order and shape, once each");
        return new NpyDict(descr, fortranOrder.Value, shape.Value);
    }

    private sealed class Cursor(string text)
    {
        private int _at;

        public FormatException Fault(string found, string expected) =>
            new($"npy header, character {_at}: found {found}, expected {expected}");

        public bool Accept(char wanted)
        {
            SkipSpaces();
            if (_at == text.Length || text[_at] != wanted)
                return false;
            _at++;
            return true;
        }

        public void Expect(char wanted)
        {
            if (!Accept(wanted))
                throw Fault(Next(), $"'{wanted}'");
        }

        public void End()
        {
            SkipSpaces();
            if (_at < text.Length)
                throw Fault(Next(), "nothing after the dict but spaces");
        }

        public string Quoted()
        {
            var quote = Accept('\'') ? '\'' : Accept('"') ? '"' : throw Fault(Next(), "a quoted string");
            var end = text.IndexOf(quote, _at);
            if (end < 0 || text.AsSpan(_at, end - _at).Contains('\\'))
                throw Fault(Next(), "a plain string that ends");
            var value = text[_at..end];
            _at = end + 1;
            return value;
        }

        public bool Boolean()
        {
            SkipSpaces();
            foreach (var (word, value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
            {
                if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0)
                    continue;
                _at += word.Length;
                return value;
            }

            throw Fault(Next(), "True or False");
        }

        public ImmutableArray<long> Tuple()
        {
            var extents = ImmutableArray.CreateBuilder<long>();
            Expect('(');
            while (!Accept(')'))
            {
                extents.Add(Integer());
                if (Accept(','))
                    continue;
                Expect(')');
                if (extents.Count == 1)
                    throw Fault("a number in brackets", "a tuple such as (3,)");
                break;
            }

            return extents.ToImmutable();
        }

        private long Integer()
        {
            SkipSpaces();
            var end = _at;
            while (end < text.Length && (char.IsAsciiDigit(text[end]) || (end == _at && text[end] == '-')))
                end++;
            if (!long.TryParse(text.AsSpan(_at, end - _at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var value))
                throw Fault(Next(), "an integer of 64 bits");
            _at = end;
            return value;
        }

        private void SkipSpaces()
        {
            while (_at < text.Length && (text[_at] is ' ' or '\n'))
                _at++;
        }

        private string Next() => _at < text.Length ? $"'{text[_at]}'" : "the end";
    }
}
