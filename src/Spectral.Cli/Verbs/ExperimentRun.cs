using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Caching;
using Spectral.Core.Execution;
using Spectral.Core.Plans;
using Spectral.Report;

namespace Spectral.Cli.Verbs;

/// <summary>Runs experiments of one spec, one after the other, each into a bundle whose path stdout gets.</summary>
/// <param name="request">What the user asked for.</param>
/// <param name="spec">The spec's text.</param>
/// <param name="source">Where the spec came from.</param>
/// <param name="key">What bundles are signed with; null for no signature.</param>
internal sealed class ExperimentRun(RunRequest request, SourceText spec, SpecSource source, SigningKey? key)
{
    private readonly ComputeDevice _device = ChosenDevice.Of(request.Device);

    /// <summary>Runs one experiment, or finds the bundle that stands already.</summary>
    /// <param name="experiment">What to run.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public int Run(Experiment experiment, CancellationToken cancellation)
    {
        NumericEnvironment environment = NumericEnvironment.Read(_device);
        BundleIdentity identity = new(
            experiment.Name,
            experiment.Description,
            PlanJson.Hash(experiment.Plan, Catalog.Components),
            environment.Hash,
            Software.NameAndVersion);
        if (!request.Force && BundleLibrary.FindComplete(request.OutFolder, identity) is { } standing)
        {
            Console.Error.WriteLine("a complete bundle of this plan and numeric environment stands already; --force runs it again");
            SignStanding(standing);
            Console.WriteLine(Path.Combine(request.OutFolder, Path.GetFileName(standing)));
            return ExitOf(BundleReading.Results(standing, BundleReading.Open(standing)).DivergedAt);
        }

        StageStore? store = request.Cache is { } folder
            ? new StageStore(new StageCache(folder), environment, SaveInterval.OfMachine())
            : null;
        using BundleDraft draft = BundleDraft.Open(request.OutFolder, identity);
        RunOutcome outcome = RunStages.Into(draft.Payload, experiment, _device, request.Folders, store, cancellation);
        if (store is not null)
            CacheCleaning.CleanIfDue(store.Cache);
        RunRecord.Write(draft.Payload, spec, experiment, request, source, environment, _device, outcome);
        RunReport.Render(outcome.Result, draft.Payload);
        RunStages.StopIfAsked(store, cancellation);
        string bundle = draft.Seal(RunRecord.Provenance(outcome), key);

        SummaryDisplay.Write(SummaryTable.Of(outcome.Result), Console.Error, ErrorConsole.IsTerminal);
        Console.WriteLine(Path.Combine(request.OutFolder, Path.GetFileName(bundle)));
        return ExitOf(outcome.Result.DivergedAt);
    }

    private void SignStanding(string bundle)
    {
        using VerificationKey? verification = key?.Public();
        if (key is null || Attestation.Fault(bundle, verification!) is null)
            return;
        _ = Attestation.Sign(bundle, key);
        Console.Error.WriteLine($"it is now signed by the key {key.Id}");
    }

    private int ExitOf(int? divergedAt) =>
        divergedAt is not null && request.FailOnDiverge ? ExitCode.Failed : ExitCode.Ok;
}
