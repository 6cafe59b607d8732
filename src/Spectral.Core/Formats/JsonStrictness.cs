using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Spectral.Core.Formats;

/// <summary>The checks that stand between bytes from anywhere and a JSON tree, in one pass over the tokens.</summary>
internal static class JsonStrictness
{
    private const int LongestQuoted = 80;

    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = CanonicalJson.MaximumDepth,
    };

    /// <summary>Refuses everything that <see cref="CanonicalJson.Parse"/> says it refuses.</summary>
    /// <exception cref="FormatException">With the byte offset and what was wrong there.</exception>
    public static void Check(ReadOnlySpan<byte> utf8)
    {
        if (InvalidUtf8.IndexIn(utf8) is >= 0 and var invalid)
            throw Fault(invalid, "invalid UTF-8");

        var keys = new Stack<HashSet<string>>();
        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            while (reader.Read())
                CheckToken(ref reader, keys);
        }
        catch (JsonException error)
        {
            // The reader stops before the token it could not read.
            throw Fault(reader.BytesConsumed, error.Message);
        }
    }

    private static void CheckToken(ref Utf8JsonReader reader, Stack<HashSet<string>> keys)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                keys.Push(new HashSet<string>(StringComparer.Ordinal));
                break;
            case JsonTokenType.EndObject:
                keys.Pop();
                break;
            case JsonTokenType.PropertyName:
                var key = Text(ref reader);
                if (!keys.Peek().Add(key))
                    throw Fault(reader.TokenStartIndex, $"the key '{SafeText.Of(key, LongestQuoted)}' stands twice in one object");
                break;
            case JsonTokenType.String:
                _ = Text(ref reader);
                break;
            case JsonTokenType.Number when !double.IsFinite(reader.GetDouble()):
                var digits = Encoding.UTF8.GetString(reader.ValueSpan);
                throw Fault(reader.TokenStartIndex,
                    $"the number {SafeText.Of(digits, LongestQuoted)} is too large for a double");
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fault(reader.TokenStartIndex, "a string escapes an unpaired surrogate");
        }
    }

    private static FormatException Fault(long offset, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"JSON, byte {offset}: {what}"));
}
