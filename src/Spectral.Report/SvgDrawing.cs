using System.Globalization;
using System.Net;
using OxyPlot;

namespace Spectral.Report;

/// <summary>Turns a plot into an SVG element that stands on its own, scales, and can be put into a page beside others.</summary>
internal static class SvgDrawing
{
    /// <summary>Behind this mark a text stands higher, up to <see cref="Normal"/>. OxyPlot's own markup cannot be used: it
    /// measures Latin letters only, and what follows a Greek one would lie on top of it.</summary>
    public const char Higher = '\uE000';

    /// <summary>Behind this mark a text stands lower, up to <see cref="Normal"/>.</summary>
    public const char Lower = '\uE001';

    /// <summary>Ends a higher or lower text.</summary>
    public const char Normal = '\uE002';

    private const string Fonts = "Arial, Helvetica, 'Liberation Sans', sans-serif";

    /// <summary>Whether a character is one of the marks and takes no room.</summary>
    public static bool IsMark(char letter) => letter is Higher or Lower or Normal;

    /// <summary>The drawing as one <c>svg</c> element.</summary>
    /// <param name="model">The plot.</param>
    /// <param name="height">Height in CSS pixels; the width is <see cref="FigureStyle.Width"/>.</param>
    /// <param name="name">Makes the drawing's identifiers unique in a page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="caption">How to read it, for readers who cannot see it.</param>
    /// <exception cref="InvalidOperationException">The plot cannot be drawn: a bug of the figure.</exception>
    public static string Draw(PlotModel model, int height, string name, string title, string caption)
    {
        SvgExporter exporter = new()
        {
            Width = FigureStyle.Width,
            Height = height,
            TextMeasurer = new TextSize(),
            // Without it the text hangs on an attribute that some renderers do not know.
            UseVerticalTextAlignmentWorkaround = true,
        };
        string text = exporter.ExportToString(model);
        if (model.GetLastPlotException() is { } failure)
            throw new InvalidOperationException($"the figure {name} cannot be drawn: {failure.Message}", failure);

        // The declaration and the DOCTYPE before the root belong to a file, not into a page.
        text = text[text.IndexOf("<svg", StringComparison.Ordinal)..].ReplaceLineEndings("\n").TrimEnd() + "\n";
        string label = WebUtility.HtmlEncode(PlainText.OneLine(title));
        string description = WebUtility.HtmlEncode(PlainText.OneLine(caption));
        string size = string.Create(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {FigureStyle.Width} {height}\"");
        int end = text.IndexOf('>', StringComparison.Ordinal);
        text = text[..end] + $" {size} role=\"img\" aria-label=\"{label}\">\n"
            + $"  <title>{label}</title>\n  <desc>{description}</desc>"
            + text[(end + 1)..];
        // Two drawings in one page must not share identifiers. Texts are placed by their descenders; capitals and digits
        // look right a little higher.
        return text
            .Replace("id=\"clipPath", $"id=\"{name}-clip", StringComparison.Ordinal)
            .Replace("url(#clipPath", $"url(#{name}-clip", StringComparison.Ordinal)
            .Replace("<text ", "<text dy=\"-2.6\" ", StringComparison.Ordinal)
            .Replace($"font-family=\"{FigureStyle.Font}\"", $"font-family=\"{Fonts}\"", StringComparison.Ordinal)
            .Replace(Higher.ToString(), "<tspan dy=\"-5\" font-size=\"10\">", StringComparison.Ordinal)
            .Replace(Lower.ToString(), "<tspan dy=\"4\" font-size=\"10\">", StringComparison.Ordinal)
            .Replace(Normal.ToString(), "</tspan>", StringComparison.Ordinal);
    }
}
