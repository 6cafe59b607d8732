namespace Spectral.Core.Formats;

/// <summary>
/// What a relative name of an artefact may be, alike on every system: segments joined by '/', none of them empty,
/// <c>.</c> or <c>..</c>; not absolute (no leading '/', no drive such as <c>C:</c>); no backslash, no control
/// character, no '~' at the start. These are the paths that RFC 8493, section 5, tells a reader to fear.
/// </summary>
public static class ArtifactName
{
    /// <summary>Says what is wrong with a name.</summary>
    /// <param name="relativePath">The name.</param>
    /// <returns>The fault in words, or null where there is none.</returns>
    public static string? Fault(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        if (relativePath.Length == 0)
            return "it is empty";
        if (relativePath[0] == '/' || (relativePath.Length > 1 && char.IsAsciiLetter(relativePath[0])
            && relativePath[1] == ':'))
            return "it is absolute";
        if (relativePath[0] == '~')
            return "it begins with '~', which shells expand";
        if (relativePath.Contains('\\'))
            return "it holds a backslash; segments are joined by '/'";
        if (relativePath.Any(char.IsControl))
            return "it holds a control character";
        foreach (var segment in relativePath.Split('/'))
        {
            if (segment.Length == 0)
                return "a segment is empty";
            if (segment is "." or "..")
                return $"a segment is '{segment}'";
        }

        return null;
    }
}
