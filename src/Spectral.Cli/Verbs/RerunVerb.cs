using System.CommandLine;
using System.Text;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Report;

namespace Spectral.Cli.Verbs;

/// <summary><c>rerun BUNDLE</c>: runs a bundle's plan again from nothing and gives every artefact a verdict.</summary>
internal static class RerunVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<string> device = SharedOptions.Device();
        Option<int?> threads = SharedOptions.Threads();
        threads.Description = "Threads for training and spectra instead of the bundle's; other threads are other bits.";
        Option<string?> data = SharedOptions.Data();
        Option<bool> anchored = new("--anchored")
        {
            Description = "Start every stage from the bundle's own results of the stage before: a difference in "
                + "training hides none in the spectra.",
        };
        Option<string?> require = new("--require")
        {
            Description = "bitwise: exit with 4 where results agree within tolerance but not to the bit.",
            HelpName = "bitwise",
        };
        require.AcceptOnlyFromAmong("bitwise");
        Option<string?> html = Html();
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "rerun",
            "Run a bundle's plan again, from its plan.json alone, and compare. Exits with 3 on drift.",
            [bundle],
            [device, threads, data, anchored, require, html, json],
            (parsed, cancellation) => Run(
                new Request(
                    parsed.GetRequiredValue(bundle),
                    parsed.GetRequiredValue(device),
                    parsed.GetValue(threads),
                    SharedOptions.Folders(parsed.GetValue(data)),
                    parsed.GetValue(anchored),
                    parsed.GetValue(require) == "bitwise",
                    parsed.GetValue(html),
                    parsed.GetValue(json)),
                cancellation));
    }

    private static Option<string?> Html()
    {
        Option<string?> option = new("--html")
        {
            Description = "Write the verdicts as a page, too.",
            HelpName = "file",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && OutFile.Problem(given) is { } problem)
                result.AddError($"--html: {problem}");
        });
        return option;
    }

    private static int Run(Request request, CancellationToken cancellation)
    {
        BundleFolder bundle = BundleReading.OpenSound(request.Path, cancellation);
        RunPlan plan = BundleReading.Results(request.Path, bundle).Plan;
        Tolerances tolerances = BundleReading.Tolerances(request.Path, bundle);
        Experiment experiment = new(
            bundle.Name, bundle.Description, request.Threads is { } count ? plan with { Threads = count } : plan)
        {
            Inputs = InputFiles.In(bundle.Payload, plan),
        };
        ComputeDevice device = ChosenDevice.Of(request.Device);
        NumericEnvironment environment = NumericEnvironment.Read(device);

        DirectoryInfo scratch = Directory.CreateTempSubdirectory("spectral-rerun-");
        try
        {
            ArtifactFolder again = new(Path.Combine(scratch.FullName, "data"));
            Again(request, experiment, device, bundle, again, cancellation);
            // The plan is what was asked for, not what was found: --threads changes it, and is no drift.
            again.Write(ResultFiles.Plan, PlanJson.Serialize(plan, Catalog.Components));
            Reproduction found = new(
                bundle,
                tolerances,
                BundleComparison.Compare(bundle.Payload, again, tolerances),
                DifferingFacts.Between(bundle, again, environment, (plan.Threads, experiment.Plan.Threads)))
            {
                IsAnchored = request.IsAnchored,
            };
            Write(request, found);
            return ExitOf(found, request.RequireBitwise);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    /// <summary>Runs the plan, never from a cache.</summary>
    private static void Again(
        Request request,
        Experiment experiment,
        ComputeDevice device,
        BundleFolder bundle,
        ArtifactFolder again,
        CancellationToken cancellation)
    {
        ArtifactFolder? anchor = request.IsAnchored ? bundle.Payload : null;
        try
        {
            RunStages.Into(again, experiment, device, request.Folders, store: null, cancellation, anchor);
        }
        catch (FormatException failure) when (anchor is not null)
        {
            throw new DamagedBundleException($"{request.Path}: {failure.Message}", failure);
        }
    }

    private static int ExitOf(Reproduction found, bool requireBitwise) =>
        found.HasDrift ? ExitCode.Drift
        : requireBitwise && !found.IsBitwise ? ExitCode.NotBitwise
        : ExitCode.Ok;

    private static void Write(Request request, Reproduction found)
    {
        IEnumerable<string> lines = request.Json
            ? [VerdictJson.Of(request.Path, found).ToJsonString()]
            : VerdictLines.Table(found);
        foreach (string line in lines)
            Console.WriteLine(line);
        foreach (string line in VerdictLines.Explanation(found))
            Console.Error.WriteLine(line);
        if (request.Html is { } page)
            DurableFile.Write(page, Encoding.UTF8.GetBytes(VerdictPage.Of(found)));
    }

    /// <summary>What the command line asks for.</summary>
    private sealed record Request(
        string Path,
        string Device,
        int? Threads,
        DataFolders Folders,
        bool IsAnchored,
        bool RequireBitwise,
        string? Html,
        bool Json);
}
