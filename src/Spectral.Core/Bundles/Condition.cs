using System.IO.Enumeration;

namespace Spectral.Core.Bundles;

/// <summary>How a condition compares.</summary>
public enum Comparison
{
    /// <summary>There is such a fact at all: a path alone.</summary>
    Known,

    /// <summary><c>=</c>: the same number or text.</summary>
    Equal,

    /// <summary><c>!=</c>: another number or text.</summary>
    Unequal,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    AtMost,

    /// <summary><c>&gt;</c>.</summary>
    More,

    /// <summary><c>&gt;=</c>.</summary>
    AtLeast,

    /// <summary><c>~</c>: the text has a part, or fits a pattern with <c>*</c>; upper and lower case are the same.</summary>
    Like,

    /// <summary><c>!~</c>: the text has no such part.</summary>
    Unlike,
}

/// <summary>A condition on one fact of a bundle, such as <c>noise.uniform.rate&gt;=0.25</c> or <c>name~quick</c>.</summary>
/// <param name="Path">The fact's path, as written.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="Operand">What with; empty for <see cref="Comparison.Known"/>.</param>
public sealed record Condition(string Path, Comparison Comparison, string Operand)
{
    // Longer signs first, or >= would be read as > and a value that begins with =.
    private static readonly (string Sign, Comparison Meaning)[] Signs =
    [
        ("!=", Comparison.Unequal), ("!~", Comparison.Unlike), ("<=", Comparison.AtMost), (">=", Comparison.AtLeast),
        ("=", Comparison.Equal), ("<", Comparison.Less), (">", Comparison.More), ("~", Comparison.Like),
    ];

    /// <summary>Reads a condition: a path, a sign and a value, with spaces around the sign or without.</summary>
    /// <param name="text">What was written.</param>
    /// <exception cref="FormatException">It is none; the message says what was found and expected.</exception>
    public static Condition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int at = text.IndexOfAny(['=', '!', '<', '>', '~']);
        string path = (at < 0 ? text : text[..at]).Trim();
        if (path.Length == 0)
            throw new FormatException($"found '{text}', expected a path, as in noise.uniform.rate>=0.25");
        if (at < 0)
            return new Condition(path, Comparison.Known, "");
        foreach ((string sign, Comparison meaning) in Signs)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) != 0)
                continue;
            string operand = text[(at + sign.Length)..].Trim();
            // path==1 and path=>1 are slips, not a search for the text '=1'.
            if (operand.Length == 0 || operand[0] is '=' or '<' or '>' or '~' or '!')
                throw new FormatException($"found '{operand}' behind {sign}, expected a number or a text");
            return new Condition(path, meaning, operand);
        }

        throw new FormatException(
            $"found '{text[at..]}' behind {path}, expected one of = != < <= > >= ~ !~ and a value");
    }

    /// <summary>
    /// Whether it holds of a fact. Where fact and operand are numbers they are compared by size, else as texts by their
    /// characters. Nothing but an inequality holds of NaN, and nothing at all of a fact that a bundle does not have.
    /// </summary>
    /// <param name="fact">The fact, or null.</param>
    public bool Holds(CardValue? fact)
    {
        if (fact is not { } known)
            return false;
        if (known.Number is { } number && CardValue.NumberOf(Operand) is { } bound
            && Compared(number, bound) is { } byNumber)
            return byNumber;
        int order = string.CompareOrdinal(known.Text, Operand);
        return Comparison switch
        {
            Comparison.Known => true,
            Comparison.Equal => order == 0,
            Comparison.Unequal => order != 0,
            Comparison.Like => IsLike(known.Text),
            Comparison.Unlike => !IsLike(known.Text),
            // A number has no place in the order of texts.
            _ when known.Number is not null => false,
            Comparison.Less => order < 0,
            Comparison.AtMost => order <= 0,
            Comparison.More => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>Whether the condition asks for an order of numbers with something that is none.</summary>
    /// <param name="facts">The facts that it would be held against.</param>
    public bool OrdersNumbersByText(IEnumerable<CardValue> facts) =>
        Comparison is Comparison.Less or Comparison.AtMost or Comparison.More or Comparison.AtLeast
        && CardValue.NumberOf(Operand) is null && facts.Any(fact => fact.Number is not null);

    /// <summary>As it is written: path, sign, operand.</summary>
    public override string ToString() => Comparison == Comparison.Known
        ? Path
        : Path + Signs.First(sign => sign.Meaning == Comparison).Sign + Operand;

    private bool? Compared(double number, double bound) => Comparison switch
    {
        Comparison.Equal => number.Equals(bound) || number == bound,
        Comparison.Unequal => !(number.Equals(bound) || number == bound),
        Comparison.Less => number < bound,
        Comparison.AtMost => number <= bound,
        Comparison.More => number > bound,
        Comparison.AtLeast => number >= bound,
        _ => null,
    };

    private bool IsLike(string text) => Operand.Contains('*', StringComparison.Ordinal)
        ? FileSystemName.MatchesSimpleExpression(Operand, text)
        : text.Contains(Operand, StringComparison.OrdinalIgnoreCase);
}
