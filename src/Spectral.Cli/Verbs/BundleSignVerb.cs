using System.CommandLine;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Verbs;

/// <summary><c>bundle sign BUNDLE --key KEY</c>: signs a bundle that stands already.</summary>
internal static class BundleSignVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<string> key = KeyFile.Private("--key");
        key.Required = true;
        return VerbCommand.Of(
            "sign",
            "Check a bundle and sign it. Prints the signature's path.",
            [bundle],
            [key],
            (parsed, cancellation) => Run(parsed.GetRequiredValue(bundle), parsed.GetRequiredValue(key), cancellation));
    }

    private static int Run(string path, string keyFile, CancellationToken cancellation)
    {
        using SigningKey? key = KeyFile.ReadPrivate("--key", keyFile);
        if (key is null)
            return ExitCode.Usage;
        _ = BundleReading.OpenSound(path, cancellation);
        using VerificationKey verification = key.Public();
        if (Attestation.Fault(path, verification) is null)
            Console.Error.WriteLine($"{path} is signed by the key {key.Id} already; nothing was changed");
        else
            _ = Attestation.Sign(path, key);
        Console.WriteLine(Path.Combine(path, Attestation.PathOf(key.Id)));
        return ExitCode.Ok;
    }
}
