using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spectral.Core.Formats;

/// <summary>
/// JSON with one spelling for each value, so that equal values have equal bytes and equal hashes: the JSON
/// Canonicalization Scheme, RFC 8785, and a strict reader to go with it.
/// </summary>
public static class CanonicalJson
{
    /// <summary>How many arrays and objects may lie inside one another, in both directions.</summary>
    public const int MaximumDepth = 64;

    // Up to here every integer is a double (RFC 7493, section 2.2).
    private const long LargestExactInteger = 1L << 53;

    /// <summary>Writes a value in its one canonical form.</summary>
    /// <remarks>
    /// No white space and no newline at the end; keys in the order of their UTF-16 code units; numbers as ECMAScript
    /// writes doubles (1, 0.1, 1e-7, 1e+21, and 0 for -0); UTF-8 without escapes that are not needed. A number held
    /// as <c>float</c> is written as the double of equal value, 0.1f as 0.10000000149011612.
    /// </remarks>
    /// <param name="node">The value; null is JSON's <c>null</c>.</param>
    /// <exception cref="ArgumentException">
    /// NaN or infinity, an integer beyond 2^53 held as an integer, a <c>decimal</c> or another type that is no JSON
    /// primitive, an unpaired surrogate, or nesting beyond <see cref="MaximumDepth"/>; the message names the path.
    /// </exception>
    public static byte[] Serialize(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node, 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads one JSON value from a source that is not trusted.</summary>
    /// <param name="utf8">The whole document in UTF-8, without a byte order mark.</param>
    /// <returns>The value; null for the document <c>null</c>.</returns>
    /// <exception cref="FormatException">
    /// Invalid UTF-8 or JSON, a comment, a trailing comma, data after the value, a key twice in one object, an
    /// unpaired surrogate, a number too large for a double, or nesting beyond <see cref="MaximumDepth"/>; the message
    /// names the byte offset.
    /// </exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8)
    {
        JsonStrictness.Check(utf8);
        return JsonNode.Parse(utf8, default, new JsonDocumentOptions { MaxDepth = MaximumDepth });
    }

    private static void Append(StringBuilder text, JsonNode? node, int depth)
    {
        if (node is JsonArray or JsonObject && depth == MaximumDepth)
            throw new ArgumentException($"arrays and objects nest deeper than {MaximumDepth}");
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonArray array:
                AppendArray(text, array, depth);
                break;
            case JsonObject entries:
                AppendObject(text, entries, depth);
                break;
            default:
                AppendValue(text, node.AsValue());
                break;
        }
    }

    private static void AppendArray(StringBuilder text, JsonArray array, int depth)
    {
        text.Append('[');
        for (var i = 0; i < array.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(text, array[i], depth + 1);
        }

        text.Append(']');
    }

    private static void AppendObject(StringBuilder text, JsonObject entries, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in entries.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!first)
                text.Append(',');
            first = false;
            JsonText.AppendString(text, key);
            text.Append(':');
            Append(text, value, depth + 1);
        }

        text.Append('}');
    }

    private static void AppendValue(StringBuilder text, JsonValue value)
    {
        try
        {
            if (value.TryGetValue(out bool truth))
                text.Append(truth ? "true" : "false");
            else if (value.TryGetValue(out string? words))
                JsonText.AppendString(text, words);
            else
                JsonText.AppendNumber(text, NumberOf(value));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // InvalidOperationException is how a tree read elsewhere answers for an escaped lone surrogate.
            throw new ArgumentException($"{value.GetPath()}: {error.Message}", error);
        }
    }

    private static double NumberOf(JsonValue value)
    {
        // Text read from a document comes first: it offers itself as any type that holds it.
        if (value.TryGetValue(out double real))
            return real;
        if (value.TryGetValue(out float single))
            return single;
        if (value.TryGetValue(out ulong unsigned))
            return unsigned <= LargestExactInteger ? unsigned : throw TooLarge(unsigned);
        if (!TryGetInteger(value, out var integer))
            throw new ArgumentException("holds neither a string, a boolean, a double nor an integer");
        return integer is >= -LargestExactInteger and <= LargestExactInteger ? integer : throw TooLarge(integer);
    }

    private static bool TryGetInteger(JsonValue value, out long integer)
    {
        integer = value.TryGetValue(out long a) ? a
            : value.TryGetValue(out int b) ? b
            : value.TryGetValue(out uint c) ? c
            : value.TryGetValue(out short d) ? d
            : value.TryGetValue(out ushort e) ? e
            : value.TryGetValue(out byte f) ? f
            : value.TryGetValue(out sbyte g) ? g
            : long.MinValue;
        return integer != long.MinValue || value.TryGetValue(out long _);
    }

    private static ArgumentException TooLarge(IFormattable integer) =>
        new($"the integer {integer} lies beyond 2^53, where doubles skip integers; hold it as a string or a double");
}
