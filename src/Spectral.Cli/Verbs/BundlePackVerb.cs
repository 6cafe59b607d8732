using System.CommandLine;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Verbs;

/// <summary><c>bundle pack BUNDLE --out FILE.tar</c>: a bundle as one file, always of the same bytes.</summary>
internal static class BundlePackVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<string> file = new("--out")
        {
            Description = "The archive to make; it must not exist yet.",
            HelpName = "file.tar",
            Required = true,
        };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && Problem(given) is { } problem)
                result.AddError($"--out: {problem}");
        });
        return VerbCommand.Of(
            "pack",
            "Check a bundle and pack it into one tar file. The same bundle gives the same bytes, any day and anywhere.",
            [bundle],
            [file],
            (parsed, cancellation) => Run(parsed.GetRequiredValue(bundle), parsed.GetRequiredValue(file), cancellation));
    }

    private static int Run(string path, string file, CancellationToken cancellation)
    {
        Console.Error.WriteLine($"checking {path}");
        _ = BundleReading.OpenSound(path, cancellation);
        Console.Error.WriteLine($"packing {path}");
        BundleArchive.Pack(path, file, cancellation);
        Console.WriteLine(file);
        return ExitCode.Ok;
    }

    private static string? Problem(string file) =>
        string.IsNullOrWhiteSpace(file) || file.Contains('\0', StringComparison.Ordinal)
            ? "expected a file's path, got an empty text or a zero character"
        : Path.Exists(file) ? $"{file} exists already; name a file that does not"
        : Path.EndsInDirectorySeparator(file) ? $"{file} ends as a folder does; name a file"
        : OutFolder.Problem(Path.GetDirectoryName(Path.GetFullPath(file))!);
}
