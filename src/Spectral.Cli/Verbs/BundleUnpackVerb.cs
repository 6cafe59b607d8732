using System.CommandLine;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;

namespace Spectral.Cli.Verbs;

/// <summary><c>bundle unpack FILE.tar</c>: a bundle from an archive of anyone's, checked before it stands anywhere.</summary>
internal static class BundleUnpackVerb
{
    private const int LongestMessage = 1000;

    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> file = new("FILE.tar") { Description = "An archive that 'bundle pack' made." };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !File.Exists(given))
            {
                result.AddError(
                    string.IsNullOrWhiteSpace(given) ? "expected an archive, got an empty text"
                    : Directory.Exists(given) ? $"{given} is a folder; an archive is a file"
                    : $"there is no file {given}");
            }
        });
        Option<string> outFolder = SharedOptions.Out("The folder that the bundle goes into, under its own name.", "runs");
        return VerbCommand.Of(
            "unpack",
            "Unpack a bundle, check it, and only then put it in its place. Prints its path.",
            [file],
            [outFolder],
            (parsed, cancellation) =>
                Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(outFolder), cancellation));
    }

    private static int Run(string file, string outFolder, CancellationToken cancellation)
    {
        Console.Error.WriteLine($"unpacking and checking {file}");
        try
        {
            string bundle = BundleUnpacking.Unpack(file, outFolder, cancellation);
            Console.WriteLine(Path.Combine(outFolder, Path.GetFileName(bundle)));
            return ExitCode.Ok;
        }
        catch (InvalidDataException fault)
        {
            throw new DamagedBundleException(
                $"{file}: {SafeText.Of(fault.Message, LongestMessage)}; nothing was unpacked", fault);
        }
        catch (BundleExistsException standing)
        {
            Console.Error.WriteLine($"spectral: {standing.Message}; move it away or name another folder");
            return ExitCode.Usage;
        }
    }
}
