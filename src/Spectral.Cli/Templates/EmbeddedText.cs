namespace Spectral.Cli.Templates;

/// <summary>The text files that the program carries in itself.</summary>
internal static class EmbeddedText
{
    /// <summary>The text of a file of this folder, with line feeds.</summary>
    /// <exception cref="ArgumentException">The program carries no such file.</exception>
    public static string Of(string name)
    {
        using Stream stream = typeof(EmbeddedText).Assembly.GetManifestResourceStream($"Spectral.Cli.Templates.{name}")
            ?? throw new ArgumentException($"the program carries no file {name}", nameof(name));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
