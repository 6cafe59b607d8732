using System.CommandLine;
using Spectral.Core.Datasets;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>data add NAME PATH</c>: copies the files of a published data set to where specs find them.</summary>
internal static class DataAddVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> name = DataVerb.Name();
        Argument<string> path = new("PATH") { Description = "A folder that has the files, one of the files, or the published .tar.gz." };
        Option<string?> data = DataVerb.Target();
        return VerbCommand.Of(
            "add",
            "Check files and copy them into the user's data folder. Prints the folder.",
            [name, path],
            [data],
            (parsed, cancellation) => Run(
                PublishedSets.Find(parsed.GetRequiredValue(name))!,
                parsed.GetRequiredValue(path),
                parsed.GetValue(data) ?? DataFolders.OfUser,
                cancellation));
    }

    private static int Run(ImageSource set, string path, string folder, CancellationToken cancellation)
    {
        DataInstallation installation = new(set, folder);
        foreach (string file in installation.Add(path, cancellation))
            Console.Error.WriteLine($"{file}: sound, added");
        Console.WriteLine(installation.Folder);
        return ExitCode.Ok;
    }
}
