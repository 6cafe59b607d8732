using System.Collections.Immutable;
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
        Option<string> sign = KeyFile.Private("--sign");
        Option<bool> force = new("--force") { Description = "Run again even where a complete bundle of this plan stands." };
        Option<bool> failOnDiverge = new("--fail-on-diverge") { Description = "Exit with 1 where the loss stops being finite." };
        Option<bool> requireClean = new("--require-clean")
        {
            Description = "Refuse a spec that is not committed, or whose git repository has uncommitted changes.",
        };
        return VerbCommand.Of(
            "run",
            "Run a spec. Prints the bundle's path; progress and a summary go to stderr.",
            [spec],
            [set, outFolder, device, threads, data, cache, noCache, sign, force, failOnDiverge, requireClean],
            (parsed, cancellation) => Run(
                new RunRequest(
                    parsed.GetRequiredValue(spec),
                    SpecReading.Overrides(parsed.GetRequiredValue(set), parsed.GetValue(threads)),
                    parsed.GetRequiredValue(outFolder),
                    parsed.GetRequiredValue(device),
                    SharedOptions.Folders(parsed.GetValue(data)),
                    parsed.GetValue(noCache) ? null : parsed.GetValue(cache) ?? CacheFolder.OfMachine(),
                    parsed.GetValue(sign),
                    parsed.GetValue(force),
                    parsed.GetValue(failOnDiverge),
                    parsed.GetValue(requireClean)),
                cancellation));
    }

    private static int Run(RunRequest request, CancellationToken cancellation)
    {
        // Before hours of work, not after.
        using SigningKey? key = request.SignKey is null ? null : KeyFile.ReadPrivate("--sign", request.SignKey);
        if (key is null && request.SignKey is not null)
            return ExitCode.Usage;
        Compilation compilation = SpecReading.Compile(request.Spec, request.Overrides, cancellation);
        if (compilation.Experiment is not { } experiment)
            return ExitCode.Usage;

        // Before anything runs: a work tree may change while training does.
        SpecSource source = SpecSource.Of(request.Spec);
        if (request.RequireClean && source.Objections() is { IsEmpty: false } objections)
            return Refuse(request.Spec, objections);

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
            SignStanding(standing, key);
            Console.WriteLine(Path.Combine(request.OutFolder, Path.GetFileName(standing)));
            return ExitOf(BundleReading.Results(standing, BundleReading.Open(standing)), request.FailOnDiverge);
        }

        StageStore? store = request.Cache is { } folder
            ? new StageStore(new StageCache(folder), environment, SaveInterval.OfMachine())
            : null;
        using BundleDraft draft = BundleDraft.Open(request.OutFolder, identity);
        RunOutcome outcome = RunStages.Into(draft.Payload, experiment, device, request.Folders, store, cancellation);
        if (store is not null)
            CacheCleaning.CleanIfDue(store.Cache);
        RunRecord.Write(draft.Payload, compilation, request, source, environment, device, outcome);
        RunReport.Render(outcome.Result, draft.Payload);
        RunStages.StopIfAsked(store, cancellation);
        string bundle = draft.Seal(RunRecord.Provenance(outcome), key);

        SummaryDisplay.Write(SummaryTable.Of(outcome.Result), Console.Error, ErrorConsole.IsTerminal);
        Console.WriteLine(Path.Combine(request.OutFolder, Path.GetFileName(bundle)));
        return ExitOf(outcome.Result, request.FailOnDiverge);
    }

    private static int Refuse(string spec, ImmutableArray<string> objections)
    {
        Console.Error.WriteLine(
            $"spectral run: --require-clean: {spec} is not wholly committed; commit it, or leave the option out");
        foreach (string objection in objections)
            Console.Error.WriteLine($"  {objection}");
        return ExitCode.Usage;
    }

    private static void SignStanding(string bundle, SigningKey? key)
    {
        using VerificationKey? verification = key?.Public();
        if (key is null || Attestation.Fault(bundle, verification!) is null)
            return;
        _ = Attestation.Sign(bundle, key);
        Console.Error.WriteLine($"it is now signed by the key {key.Id}");
    }

    private static int ExitOf(RunResult result, bool failOnDiverge) =>
        result.DivergedAt is not null && failOnDiverge ? ExitCode.Failed : ExitCode.Ok;
}
