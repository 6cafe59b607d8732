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
            Description = "The specs, YAML files or F# scripts (.fsx).",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> set = SharedOptions.Set();
        return VerbCommand.Of(
            "check",
            "Check specs: grammar, types, ranges, shapes. Runs nothing and loads no libtorch.",
            [specs],
            [set],
            (parsed, cancellation) =>
                Run(parsed.GetRequiredValue(specs), parsed.GetRequiredValue(set), cancellation));
    }

    private static int Run(string[] specs, string[] set, CancellationToken cancellation)
    {
        bool allRight = true;
        foreach (string spec in specs)
        {
            if (SpecReading.Compile(spec, set, cancellation).Experiment is not { } experiment)
            {
                allRight = false;
                continue;
            }

            RunPlan plan = experiment.Plan;
            int classes = plan.Dataset.ClassNames.Length;
            long parameters = NetworkLayout.Of(plan).ColumnCount(plan);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{spec}: ok, n = {plan.Dataset.TrainCount}, K = {classes}, "
                + $"nK = {(long)plan.JacobianExamples("train") * classes}, p = {parameters}, "
                + $"plan {PlanJson.Hash(plan, Catalog.Components)[..12]}"));
        }

        return allRight ? ExitCode.Ok : ExitCode.Usage;
    }
}
