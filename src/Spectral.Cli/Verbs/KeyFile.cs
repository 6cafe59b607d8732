using System.CommandLine;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Verbs;

/// <summary>Options that name a key, and the reading of it: a key that cannot be used is a wrong command line.</summary>
internal static class KeyFile
{
    /// <summary>An option for a private key.</summary>
    public static Option<string> Private(string name) => new(name)
    {
        Description = "Sign with this private key: ECDSA on P-256, PEM (PKCS#8 or SEC1), without a passphrase.",
        HelpName = "file",
    };

    /// <summary>The private key; null where it cannot be used, which stderr then says.</summary>
    public static SigningKey? ReadPrivate(string option, string path) => Read(option, path, SigningKey.Read);

    /// <summary>The public key; null where it cannot be used, which stderr then says.</summary>
    public static VerificationKey? ReadPublic(string option, string path) => Read(option, path, VerificationKey.Read);

    private static T? Read<T>(string option, string path, Func<string, T> read)
        where T : class
    {
        string why;
        try
        {
            if (path.Length > 0 && !path.Contains('\0', StringComparison.Ordinal))
                return read(path);
            why = "expected a key file's path, got an empty text or a zero character";
        }
        catch (FileNotFoundException)
        {
            why = $"there is no file {path}; 'openssl ecparam -name prime256v1 -genkey -noout -out KEY' makes a private key, "
                + "'openssl pkey -in KEY -pubout -out PUB' its public half";
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            why = Directory.Exists(path) ? $"{path} is a folder; name a key file in PEM" : failure.Message;
        }

        Console.Error.WriteLine($"spectral: {option}: {why}");
        return null;
    }
}
