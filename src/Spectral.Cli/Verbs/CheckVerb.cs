using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Spectral.Core;
using Spectral.Core.Execution;
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
            Description = "The specs, YAML files.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> set = SharedOptions.Set();
        return VerbCommand.Of(
            "check",
            "Check specs: grammar, types, ranges, shapes. Runs nothing and loads no libtorch.",
            [specs],
            [set],
            (parsed, _) => Run(parsed.GetRequiredValue(specs), parsed.GetRequiredValue(set)));
    }

    private static int Run(string[] specs, string[] set)
    {
        bool allRight = true;
        foreach (string spec in specs)
        {
            ImmutableArray<Experiment> experiments = SpecReading.Compile(spec, set).Experiments;
            allRight &= !experiments.IsEmpty;
            foreach (Experiment experiment in experiments)
                Console.WriteLine($"{spec}: {Line(experiment)}");
        }

        return allRight ? ExitCode.Ok : ExitCode.Usage;
    }

    private static string Line(Experiment experiment)
    {
        RunPlan plan = experiment.Plan;
        int classes = plan.Dataset.ClassNames.Length;
        long parameters = NetworkLayout.Of(plan).ColumnCount(plan);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"ok, n = {plan.Dataset.TrainCount}, K = {classes}, "
            + $"nK = {(long)plan.JacobianExamples("train") * classes}, p = {parameters}, "
            + $"plan {PlanJson.Hash(plan, Catalog.Components)[..12]}");
        return experiment.Point is { } point ? $"{line}, {experiment.Name}, {point.Title}" : line;
    }
}
