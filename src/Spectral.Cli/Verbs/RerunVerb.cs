using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

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
        Option<string?> require = new("--require")
        {
            Description = "bitwise: exit with 4 where results agree within tolerance but not to the bit.",
            HelpName = "bitwise",
        };
        require.AcceptOnlyFromAmong("bitwise");
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "rerun",
            "Run a bundle's plan again, from its plan.json alone, and compare. Exits with 3 on drift.",
            [bundle],
            [device, threads, data, require, json],
            (parsed, cancellation) => Run(
                parsed.GetRequiredValue(bundle),
                parsed.GetRequiredValue(device),
                parsed.GetValue(threads),
                SharedOptions.Folders(parsed.GetValue(data)),
                parsed.GetValue(require) == "bitwise",
                parsed.GetValue(json),
                cancellation));
    }

    private static int Run(
        string path,
        string device,
        int? threads,
        DataFolders folders,
        bool requireBitwise,
        bool json,
        CancellationToken cancellation)
    {
        BundleFolder bundle = BundleReading.OpenSound(path);
        RunPlan plan = BundleReading.Results(path, bundle).Plan;
        RunPlan asked = threads is { } count ? plan with { Threads = count } : plan;
        Experiment experiment = new(bundle.Name, bundle.Description, asked)
        {
            Inputs = InputFiles.In(bundle.Payload, plan),
        };
        ComputeDevice resolved = ComputeDevice.Resolve(device);
        NumericEnvironment environment = NumericEnvironment.Read(resolved);

        DirectoryInfo scratch = Directory.CreateTempSubdirectory("spectral-rerun-");
        try
        {
            ArtifactFolder again = new(Path.Combine(scratch.FullName, "data"));
            RunStages.Into(again, experiment, resolved, folders, store: null, cancellation);
            // The plan is what was asked for, not what was found: --threads changes it, and is no drift.
            again.Write(ResultFiles.Plan, PlanJson.Serialize(plan, Catalog.Components));
            ImmutableArray<ArtifactVerdict> verdicts = BundleComparison.Compare(bundle.Payload, again);
            bool same = environment.Hash == bundle.NumericEnvironment && experiment.Plan.Threads == plan.Threads;
            Write(path, verdicts, same, json);
            return ExitOf(verdicts, requireBitwise);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static int ExitOf(ImmutableArray<ArtifactVerdict> verdicts, bool requireBitwise) =>
        verdicts.Any(verdict => verdict.Verdict is Verdict.Drift or Verdict.Missing) ? ExitCode.Drift
        : requireBitwise && verdicts.Any(verdict => verdict.Verdict != Verdict.Bitwise) ? ExitCode.NotBitwise
        : ExitCode.Ok;

    private static void Write(string path, ImmutableArray<ArtifactVerdict> verdicts, bool sameEnvironment, bool json)
    {
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["bundle"] = path,
                ["same_numeric_environment"] = sameEnvironment,
                ["artefacts"] = new JsonArray([.. verdicts.Select(verdict => (JsonNode)new JsonObject
                {
                    ["path"] = verdict.Path,
                    ["verdict"] = Name(verdict.Verdict),
                    ["distance"] = verdict.Distance,
                    ["tolerance"] = verdict.Tolerance,
                    ["measure"] = verdict.Measure,
                })]),
            }.ToJsonString());
            return;
        }

        int width = verdicts.Max(verdict => verdict.Path.Length);
        foreach (ArtifactVerdict verdict in verdicts)
            Console.WriteLine($"{Name(verdict.Verdict),-10}  {verdict.Path.PadRight(width)}  {Detail(verdict)}".TrimEnd());
        Console.WriteLine(string.Join(", ", verdicts
            .GroupBy(verdict => verdict.Verdict)
            .OrderBy(group => group.Key)
            .Select(group => FormattableString.Invariant($"{group.Count()} {Name(group.Key)}"))));
        Console.Error.WriteLine(sameEnvironment
            ? "the numeric environment is the bundle's: every artefact should be BITWISE"
            : "the numeric environment is not the bundle's (another machine, libtorch, build or number of threads): equal bits are not to be expected of training");
    }

    private static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Bitwise => "BITWISE",
        Verdict.WithinTolerance => "WITHIN-TOL",
        Verdict.Drift => "DRIFT",
        _ => "MISSING",
    };

    private static string Detail(ArtifactVerdict verdict) => (verdict.Distance, verdict.Tolerance) switch
    {
        _ when verdict.Verdict == Verdict.Bitwise => "",
        ({ } distance, { } tolerance) => string.Create(
            CultureInfo.InvariantCulture, $"{verdict.Measure} = {distance:0.0e+0}, tolerance {tolerance:0e+0}"),
        ({ } distance, null) => string.Create(CultureInfo.InvariantCulture, $"{verdict.Measure} = {distance:0.0e+0}, must be bitwise"),
        _ => verdict.Measure,
    };
}
