using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>check SPEC...</c>: parses, binds and checks specs, and shows every problem at its place.</summary>
internal static class CheckVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string[]> specs = new("SPEC")
        {
            Description = "The specs, YAML files or F# scripts (.fsx).",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> set = SharedOptions.Set();
        Option<DiagnosticFormat> format = SharedOptions.Format(
            "How problems are written: text to stderr; json, sarif and github to stdout.");
        return VerbCommand.Of(
            "check",
            "Check specs: grammar, types, ranges, shapes. Runs nothing and loads no libtorch.",
            [specs],
            [set, format],
            (parsed, cancellation) => Run(
                parsed.GetRequiredValue(specs),
                parsed.GetRequiredValue(set),
                parsed.GetValue(format),
                cancellation));
    }

    private static int Run(
        string[] specs, string[] set, DiagnosticFormat format, CancellationToken cancellation)
    {
        if (format == DiagnosticFormat.Text)
            return RunAsText(specs, set, cancellation);
        ImmutableArray<Compilation> compilations = [.. specs.Select(spec => SpecReading.Read(spec, set, null, cancellation))];
        Console.Write(format switch
        {
            DiagnosticFormat.Json => SpecReading.Text(Json(specs, compilations)),
            DiagnosticFormat.Sarif => SpecReading.Text(DiagnosticSarif.Of(compilations)),
            _ => string.Concat(compilations.Select(DiagnosticCommands.Of)),
        });
        return compilations.All(one => !one.Experiments.IsEmpty) ? ExitCode.Ok : ExitCode.Usage;
    }

    /// <summary>Each spec as soon as it is checked.</summary>
    private static int RunAsText(string[] specs, string[] set, CancellationToken cancellation)
    {
        bool allRight = true;
        foreach (string spec in specs)
        {
            ImmutableArray<Experiment> experiments = SpecReading.Compile(spec, set, cancellation: cancellation).Experiments;
            allRight &= !experiments.IsEmpty;
            foreach (Experiment experiment in experiments)
                Console.WriteLine(Line(spec, experiment));
        }

        return allRight ? ExitCode.Ok : ExitCode.Usage;
    }

    private static string Line(string spec, Experiment experiment)
    {
        string line = SpecFacts.Of(experiment.Plan).Text(spec);
        return experiment.Point is { } point ? $"{line}, {experiment.Name}, {point.Title}" : line;
    }

    private static JsonObject Json(string[] specs, ImmutableArray<Compilation> compilations) => new()
    {
        ["specs"] = new JsonArray([.. specs.Zip(compilations, (spec, one) => (JsonNode)Json(spec, one))]),
    };

    private static JsonObject Json(string spec, Compilation compilation)
    {
        JsonObject json = new() { ["spec"] = spec, ["ok"] = !compilation.Experiments.IsEmpty };
        if (compilation.Experiments is [{ Point: null } experiment])
            SpecFacts.Of(experiment.Plan).AddTo(json);
        else if (!compilation.Experiments.IsEmpty)
            json["points"] = new JsonArray([.. compilation.Experiments.Select(one => (JsonNode)Json(one))]);
        json["diagnostics"] = DiagnosticJson.Of(compilation.Diagnostics);
        return json;
    }

    /// <summary>A point of a sweep.</summary>
    private static JsonObject Json(Experiment experiment)
    {
        JsonObject json = new() { ["name"] = experiment.Name, ["point"] = experiment.Point?.Title };
        SpecFacts.Of(experiment.Plan).AddTo(json);
        return json;
    }
}
