using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Datasets;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>data fetch NAME</c>: downloads a published data set, checks it and puts it where specs find it.</summary>
internal static class DataFetchVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> name = DataVerb.Name();
        Option<string?> from = new("--from")
        {
            Description = "The address of the .tar.gz, or of the folder that has the .gz files, instead of the published one.",
            HelpName = "URL",
        };
        from.Validators.Add(result =>
        {
            string given = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (!Uri.TryCreate(given, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
                result.AddError($"--from: expected an address that starts with http:// or https://, got '{given}'");
        });
        Option<string?> data = DataVerb.Target();
        return VerbCommand.Of(
            "fetch",
            "Download a data set into the user's data folder, checked by SHA-256; goes on where an earlier try ended.",
            [name],
            [from, data],
            (parsed, cancellation) => Run(
                PublishedSets.Find(parsed.GetRequiredValue(name))!,
                parsed.GetValue(from),
                parsed.GetValue(data) ?? DataFolders.OfUser,
                cancellation));
    }

    private static int Run(ImageSource set, string? from, string folder, CancellationToken cancellation)
    {
        DataInstallation installation = new(set, folder);
        using HttpClient client = new() { Timeout = Timeout.InfiniteTimeSpan };
        installation.Fetch(from, client, new Lines(), TimeSpan.FromSeconds(2), cancellation).GetAwaiter().GetResult();
        Console.Error.WriteLine($"{set.Kind}: every file is sound");
        Console.WriteLine(installation.Folder);
        return ExitCode.Ok;
    }

    /// <summary>A line on stderr every second, and one at the end of each file.</summary>
    private sealed class Lines : IProgress<DownloadProgress>
    {
        private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

        public void Report(DownloadProgress value)
        {
            if (_sinceLine.ElapsedMilliseconds < 1000 && value.Bytes != value.Total)
                return;
            _sinceLine.Restart();
            string total = value.Total is { } all
                ? string.Create(CultureInfo.InvariantCulture, $" of {all / 1e6:F1} MB, {100.0 * value.Bytes / all:F0} %")
                : " MB";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Name}: {value.Bytes / 1e6:F1}{total}"));
        }
    }
}
