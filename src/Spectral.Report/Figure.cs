namespace Spectral.Report;

/// <summary>A figure of a run as a scalable drawing; the same run gives the same bytes on every machine.</summary>
/// <param name="Name">Its file name without extension, such as <c>spectrum-train</c>.</param>
/// <param name="Title">What it shows, as a phrase.</param>
/// <param name="Caption">How to read it, in a few sentences of plain text.</param>
/// <param name="Svg">A whole SVG document without XML declaration: an <c>svg</c> element, its text as text.</param>
public sealed record Figure(string Name, string Title, string Caption, string Svg);
