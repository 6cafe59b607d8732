using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Spectral.Cli.Verbs;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>What a bundle says of how it came to be: the spec and its overrides, the machine, the times.</summary>
internal static class RunRecord
{
    /// <summary>
    /// Writes <c>spec.yaml</c> or <c>spec.fsx</c>, <c>overrides.json</c> and, below <c>record/</c>, the environment, the command, the spec's
    /// repository, the timings and, where a user's own data were read, their places.
    /// </summary>
    public static void Write(
        ArtifactFolder payload,
        SourceText spec,
        Experiment experiment,
        RunRequest request,
        SpecSource source,
        NumericEnvironment environment,
        ComputeDevice device,
        RunOutcome outcome)
    {
        payload.Write(SpecReading.IsScript(request.Spec) ? "spec.fsx" : "spec.yaml", spec.ToBytes());
        payload.Write("overrides.json", CanonicalJson.Serialize(new JsonObject
        {
            ["overrides"] = new JsonArray([.. request.Overrides.Select(value => (JsonNode)value)]),
            ["point"] = PointJson.Of(experiment.Point),
        }));
        payload.Write("record/environment.json", CanonicalJson.Serialize(new JsonObject
        {
            ["cpu"] = MachineProfile.ProcessorName(),
            ["cores"] = Environment.ProcessorCount,
            ["device"] = device.Name,
            ["host"] = Environment.MachineName,
            ["libraries"] = ManagedLibraries.ToJson(),
            ["numeric"] = environment.ToJson(),
            ["os"] = RuntimeInformation.OSDescription,
            ["places"] = Places(experiment.Plan, device),
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["spectral"] = Software.FullVersion,
        }));
        payload.Write("record/command.json", CanonicalJson.Serialize(new JsonObject
        {
            ["arguments"] = new JsonArray([.. Environment.GetCommandLineArgs().Skip(1).Select(value => (JsonNode)value)]),
            ["folder"] = Environment.CurrentDirectory,
        }));
        source.Write(payload);
        InputFiles.RecordPlaces(payload, experiment);
        JsonArray stages = [];
        foreach (StageTiming timing in outcome.Timings)
        {
            stages.Add((JsonNode)new JsonObject
            {
                ["cached"] = timing.IsRestored,
                ["end"] = Moment(timing.End),
                ["peak_bytes"] = timing.PeakBytes,
                ["seconds"] = (timing.End - timing.Start).TotalSeconds,
                ["stage"] = timing.Stage,
                ["start"] = Moment(timing.Start),
            });
        }

        payload.Write("record/timings.json", CanonicalJson.Serialize(new JsonObject { ["stages"] = stages }));
    }

    /// <summary>The stages as the bundle's provenance tells of them.</summary>
    public static BundleRecord Provenance(RunOutcome outcome) => new(
        outcome.Timings[0].Start,
        DateTimeOffset.UtcNow,
        [.. outcome.Timings.Select(timing => Stage(timing, outcome.Result))],
        License: "",
        Agent: Environment.UserName,
        Software.Url);

    /// <summary>Where each stage computed: a run on a GPU does not do everything there.</summary>
    private static JsonObject Places(RunPlan plan, ComputeDevice device)
    {
        double memory = device.Memory();
        JsonObject places = new()
        {
            [Stages.Training] = device.Name,
            [Stages.Analyses] = "cpu",
        };
        foreach (string split in plan.Jacobian.Splits)
            places[$"{Stages.Spectrum} {split}"] = SpectrumPlace.Of(plan, split, device, memory).Description;
        return places;
    }

    private static StageRecord Stage(StageTiming timing, RunResult result)
    {
        (string description, ImmutableArray<string> uses, ImmutableArray<string> makes) = timing.Stage switch
        {
            Stages.Data => (
                "Examples were chosen and training labels corrupted.",
                (ImmutableArray<string>)["plan.json"],
                (ImmutableArray<string>)["dataset/"]),
            Stages.Training => (
                result.Plan.Weights.IsEmpty
                    ? "The network was trained."
                    : "Weights that were trained elsewhere were evaluated.",
                InputFiles.Of(result.Plan).IsEmpty ? ["plan.json", "dataset/"] : ["plan.json", "dataset/", "inputs/"],
                ["checkpoints/", ResultFiles.Training, "results/outputs/"]),
            Stages.Spectrum => (
                "The Jacobian's spectrum was computed at every checkpoint on every split.",
                ["plan.json", "dataset/", "checkpoints/"],
                [.. result.Spectra.Select(spectrum => ResultFiles.SpectrumFolder(spectrum.Checkpoint, spectrum.Split) + "/")]),
            _ => (
                "Labels and residuals were measured in the information and nuisance space.",
                ["plan.json", "dataset/"],
                [ResultFiles.Measurements, ResultFiles.ProjectionNames]),
        };
        if (timing.IsRestored)
            description += " An earlier run did this; its results were in the stage cache.";
        return new StageRecord(timing.Stage, description, timing.Start, timing.End, uses, makes);
    }

    private static string Moment(DateTimeOffset moment) => moment.ToString("o", CultureInfo.InvariantCulture);
}
