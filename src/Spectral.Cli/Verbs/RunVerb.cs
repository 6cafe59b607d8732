using System.CommandLine;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Caching;
using Spectral.Core.Execution;
using Spectral.Core.Plans;
using Spectral.Report;

namespace Spectral.Cli.Verbs;

/// <summary><c>run SPEC</c>: runs a spec and seals what was found in a bundle, whose path is all that stdout gets.</summary>
internal static class RunVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> spec = SharedOptions.Spec();
        Option<string[]> set = SharedOptions.Set();
        Option<string> outFolder = SharedOptions.Out("The folder that bundles go into.", "runs");
        Option<string> device = SharedOptions.Device();
        Option<int?> threads = SharedOptions.Threads();
        Option<string?> data = SharedOptions.Data();
        Option<string?> cache = SharedOptions.Cache();
        Option<bool> noCache = new("--no-cache") { Description = "Take no stage from the cache and keep none in it." };
        Option<bool> force = new("--force") { Description = "Run again even where a complete bundle of this plan stands." };
        Option<bool> failOnDiverge = new("--fail-on-diverge") { Description = "Exit with 1 where the loss stops being finite." };
        return VerbCommand.Of(
            "run",
            "Run a spec. Prints the bundle's path; progress and a summary go to stderr.",
            [spec],
            [set, outFolder, device, threads, data, cache, noCache, force, failOnDiverge],
            (parsed, cancellation) => Run(
                new RunRequest(
                    parsed.GetRequiredValue(spec),
                    SpecReading.Overrides(parsed.GetRequiredValue(set), parsed.GetValue(threads)),
                    parsed.GetRequiredValue(outFolder),
                    parsed.GetRequiredValue(device),
                    SharedOptions.Folders(parsed.GetValue(data)),
                    parsed.GetValue(noCache) ? null : parsed.GetValue(cache) ?? CacheFolder.OfMachine(),
                    parsed.GetValue(force)),
                parsed.GetValue(failOnDiverge),
                cancellation));
    }

    private static int Run(RunRequest request, bool failOnDiverge, CancellationToken cancellation)
    {
        Compilation compilation = SpecReading.Compile(request.Spec, request.Overrides);
        if (compilation.Experiment is not { } experiment)
            return ExitCode.Usage;

        ComputeDevice device = ComputeDevice.Resolve(request.Device);
        NumericEnvironment environment = NumericEnvironment.Read(device);
        BundleIdentity identity = new(
            experiment.Name,
            experiment.Description,
            PlanJson.Hash(experiment.Plan, Catalog.Components),
            environment.Hash,
            Software.NameAndVersion);
        if (!request.Force && BundleLibrary.FindComplete(request.OutFolder, identity) is { } standing)
        {
            Console.Error.WriteLine("a complete bundle of this plan and numeric environment stands already; --force runs it again");
            Console.WriteLine(Path.Combine(request.OutFolder, Path.GetFileName(standing)));
            return ExitOf(BundleReading.Results(standing, BundleReading.Open(standing)), failOnDiverge);
        }

        StageStore? store = request.Cache is { } folder
            ? new StageStore(new StageCache(folder), environment, SaveInterval.OfMachine())
            : null;
        using BundleDraft draft = BundleDraft.Open(request.OutFolder, identity);
        RunOutcome outcome = RunStages.Into(draft.Payload, experiment, device, request.Folders, store, cancellation);
        if (store is not null)
            CacheCleaning.CleanIfDue(store.Cache);
        RunRecord.Write(draft.Payload, compilation, request, environment, device, outcome);
        RunReport.Render(outcome.Result, draft.Payload);
        cancellation.ThrowIfCancellationRequested();
        string bundle = draft.Seal(RunRecord.Provenance(outcome));

        SummaryDisplay.Write(SummaryTable.Of(outcome.Result), Console.Error, ErrorConsole.IsTerminal);
        Console.WriteLine(Path.Combine(request.OutFolder, Path.GetFileName(bundle)));
        return ExitOf(outcome.Result, failOnDiverge);
    }

    private static int ExitOf(RunResult result, bool failOnDiverge) =>
        result.DivergedAt is not null && failOnDiverge ? ExitCode.Failed : ExitCode.Ok;
}
