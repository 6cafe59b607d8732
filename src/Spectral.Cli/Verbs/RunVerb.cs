using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core.Bundles;
using Spectral.Core.Caching;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>run SPEC</c>: runs a spec and seals what was found in a bundle a plan, whose paths are all that stdout gets.</summary>
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
        Option<int?> point = SharedOptions.Point();
        Option<int?> jobs = SharedOptions.WholeNumber("--jobs", "Run so many points of a sweep at once, each in a process of its own; 1 by default.");
        Option<bool> keepGoing = new("--keep-going") { Description = "Run the points of a sweep that stand behind a failed one." };
        Option<DiagnosticFormat> format = SharedOptions.Format("How problems of the spec are written to stderr.");
        return VerbCommand.Of(
            "run",
            "Run a spec, or all points of its sweep. Prints each bundle's path; progress and a summary go to stderr.",
            [spec],
            [
                set, outFolder, device, threads, data, cache, noCache, sign, force, failOnDiverge, requireClean, point, jobs,
                keepGoing, format,
            ],
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
                    parsed.GetValue(requireClean),
                    parsed.GetValue(point),
                    parsed.GetValue(jobs) ?? 1,
                    parsed.GetValue(keepGoing))
                {
                    Format = parsed.GetValue(format),
                },
                PointArguments(parsed, jobs),
                cancellation));
    }

    private static int Run(RunRequest request, ImmutableArray<string> arguments, CancellationToken cancellation)
    {
        // Before hours of work, not after.
        using SigningKey? key = request.SignKey is null ? null : KeyFile.ReadPrivate("--sign", request.SignKey);
        if (key is null && request.SignKey is not null)
            return ExitCode.Usage;
        Compilation compilation = SpecReading.Compile(
            request.Spec, request.Overrides, request.Point, request.Format, cancellation);
        ImmutableArray<Experiment> experiments = compilation.Experiments;
        if (experiments.IsEmpty)
            return ExitCode.Usage;

        // Before anything runs: a work tree may change while training does.
        SpecSource source = SpecSource.Of(request.Spec);
        if (request.RequireClean && source.Objections() is { IsEmpty: false } objections)
            return Refuse(request.Spec, objections);

        if (experiments.Length > 1 && request.Jobs > 1)
            return new SweepProcesses(arguments, request.Jobs, request.KeepGoing, request.Cache is not null).Run(experiments, cancellation);
        ExperimentRun run = new(request, compilation.Sources[0], source, key);
        return experiments is [var only]
            ? run.Run(only, cancellation)
            : SweepSequence.Run(experiments, request.KeepGoing, point => run.Run(point, cancellation));
    }

    /// <summary>The command line as it runs one point: without <c>--jobs</c>, from the verb on.</summary>
    private static ImmutableArray<string> PointArguments(ParseResult parsed, Option jobs)
    {
        ImmutableArray<string>.Builder arguments = ImmutableArray.CreateBuilder<string>();
        bool isCount = false;
        foreach (Token token in parsed.Tokens)
        {
            bool isJobs = token.Type == TokenType.Option && token.Value == jobs.Name;
            if (!isJobs && !isCount)
                arguments.Add(token.Value);
            isCount = isJobs;
        }

        return arguments.ToImmutable();
    }

    private static int Refuse(string spec, ImmutableArray<string> objections)
    {
        Console.Error.WriteLine(
            $"spectral run: --require-clean: {spec} is not wholly committed; commit it, or leave the option out");
        foreach (string objection in objections)
            Console.Error.WriteLine($"  {objection}");
        return ExitCode.Usage;
    }
}
