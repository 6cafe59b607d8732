namespace Spectral.Cli.Running;

/// <summary>The address of a repository as it may be told to others.</summary>
public static class RemoteAddress
{
    /// <summary>
    /// The address without passwords, tokens and the user of a web address. <c>git@host:path</c> stays: that user is the
    /// service's own.
    /// </summary>
    /// <param name="address">What git calls the remote: a URL, <c>user@host:path</c> or a folder.</param>
    public static string WithoutCredentials(string address)
    {
        int scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return ScpLike(address);
        string rest = address[(scheme + 3)..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        (string host, string path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        // A password may hold an unescaped @, so that the last one counts.
        string bare = host[(host.LastIndexOf('@') + 1)..];
        string user = address.StartsWith("ssh", StringComparison.OrdinalIgnoreCase) && host.Length > bare.Length
            ? host[..host.LastIndexOf('@')].Split(':')[0] + "@"
            : "";
        return address[..(scheme + 3)] + user + bare + path.Split('?', '#')[0];
    }

    private static string ScpLike(string address)
    {
        int at = address.IndexOf('@', StringComparison.Ordinal);
        int colon = address.IndexOf(':', StringComparison.Ordinal);
        return at >= 0 && colon >= 0 && colon < at ? address[..colon] + address[at..] : address;
    }
}
