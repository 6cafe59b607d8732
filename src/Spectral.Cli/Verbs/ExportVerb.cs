using System.CommandLine;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>export BUNDLE --out DIR</c>: everything that an analysis used, as plain <c>.npy</c> files for any other tool.</summary>
internal static class ExportVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<string> outFolder = SharedOptions.Out("The folder to make; it must not exist yet.", preset: null);
        Option<string?> data = SharedOptions.Data();
        Option<bool> jacobian = new("--jacobian") { Description = "Add every Jacobian as jacobian.npy [nK, p]." };
        return VerbCommand.Of(
            "export",
            "Write a bundle's arrays as plain .npy files with an index.json.",
            [bundle],
            [outFolder, data, jacobian],
            (parsed, cancellation) => Run(
                parsed.GetRequiredValue(bundle),
                parsed.GetRequiredValue(outFolder),
                SharedOptions.Folders(parsed.GetValue(data)),
                parsed.GetValue(jacobian),
                cancellation));
    }

    private static int Run(
        string path, string outFolder, DataFolders folders, bool jacobian, CancellationToken cancellation)
    {
        BundleFolder bundle = BundleReading.OpenSound(path, cancellation);
        RunResult result = BundleReading.Results(path, bundle);
        if (Path.Exists(outFolder))
        {
            Console.Error.WriteLine($"spectral: {outFolder} exists already; name a folder that does not");
            return ExitCode.Usage;
        }

        // Written beside its place and renamed, so that the folder is either whole or not there.
        string draft = Path.TrimEndingDirectorySeparator(Path.GetFullPath(outFolder)) + ".draft-" + Path.GetRandomFileName();
        try
        {
            new ResultExport(bundle.Payload, result, folders, Catalog.Components).WriteTo(draft, jacobian, cancellation);
            Directory.Move(draft, outFolder);
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }

        Console.WriteLine(outFolder);
        return ExitCode.Ok;
    }
}
