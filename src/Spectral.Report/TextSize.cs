using OxyPlot;

namespace Spectral.Report;

/// <summary>
/// Measures texts by the built-in widths of Helvetica, so that a layout needs no installed font and is the same on every
/// machine. OxyPlot's own measure counts points for pixels (a quarter too narrow) and gives letters beyond Latin-1 none.
/// </summary>
internal sealed class TextSize() : PdfRenderContext(FigureStyle.Width, FigureStyle.Width, OxyColors.White)
{
    private const double PixelsPerPoint = 4.0 / 3;

    /// <inheritdoc/>
    public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
    {
        IEnumerable<char> letters = (text ?? "").Where(letter => !SvgDrawing.IsMark(letter));
        string measurable = string.Concat(letters.Select(letter => letter > 'ÿ' ? 'n' : letter));
        OxySize points = base.MeasureText(measurable, fontFamily, fontSize, fontWeight);
        return new OxySize(points.Width * PixelsPerPoint, points.Height * PixelsPerPoint);
    }
}
