namespace Spectral.Report;

/// <summary>What every page of this program begins and ends with.</summary>
internal static class HtmlFrame
{
    /// <summary>Begins a page, up to where its content comes.</summary>
    /// <param name="html">An empty writer.</param>
    /// <param name="title">The page's title.</param>
    public static void Begin(HtmlWriter html, string title)
    {
        html.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")).Raw("\n<head>\n");
        html.Raw("<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        html.Raw("<meta name=\"generator\" content=\"Spectral\"/>\n");
        html.Element("title", title);
        html.Raw("<style>\n").Raw(ReportStyle.Css).Raw("\n</style>\n</head>\n<body>\n<main>\n");
    }

    /// <summary>Ends a page and gives all of it.</summary>
    public static string End(HtmlWriter html) => html.Raw("</main>\n</body>\n</html>\n").ToString();
}
