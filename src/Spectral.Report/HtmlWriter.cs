using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Spectral.Report;

/// <summary>
/// Writes HTML that is well-formed XML too. Text and attribute values are encoded by whatever method takes them; markup
/// gets in by <see cref="Raw"/> only, which takes what this program made.
/// </summary>
internal sealed partial class HtmlWriter
{
    private readonly StringBuilder _html = new();

    /// <summary>Opens an element.</summary>
    public HtmlWriter Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _html.Append('<').Append(element);
        foreach ((string name, string value) in attributes)
            _html.Append(' ').Append(name).Append("=\"").Append(Encode(value)).Append('"');
        _html.Append('>');
        return this;
    }

    /// <summary>Closes an element and ends the line.</summary>
    public HtmlWriter Close(string element)
    {
        _html.Append("</").Append(element).Append(">\n");
        return this;
    }

    /// <summary>Writes text.</summary>
    public HtmlWriter Text(string text)
    {
        _html.Append(Encode(text));
        return this;
    }

    /// <summary>Writes text of this program's own, in which <c>P_I</c> and <c>sigma_r+1</c> get real subscripts.</summary>
    public HtmlWriter Symbols(string text)
    {
        _html.Append(Subscript().Replace(Encode(text), "<sub>$1</sub>"));
        return this;
    }

    /// <summary>An element that holds nothing but text.</summary>
    public HtmlWriter Element(string element, string text, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Open(element, attributes).Text(text).Close(element);

    /// <summary>Writes markup as it is; never text from outside.</summary>
    public HtmlWriter Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>All that was written.</summary>
    public override string ToString() => _html.ToString();

    private static string Encode(string text) => WebUtility.HtmlEncode(PlainText.OneLine(text));

    [GeneratedRegex("(?<=[A-Za-zσ])_([A-Za-z0-9]+(?:\\+1)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Subscript();
}
