using System.CommandLine;
using System.CommandLine.Invocation;
using Spectral.Cli.Terminal;
using Spectral.Cli.Verbs;

namespace Spectral.Cli;

/// <summary>The program <c>spectral</c>: one verb a file, data to stdout, everything else to stderr.</summary>
public static class Program
{
    /// <summary>Runs a command line and gives its exit code.</summary>
    public static async Task<int> Main(string[] args)
    {
        RootCommand root = new("Train a declared network, split its Jacobian's spectrum, seal what was found in a bundle.")
        {
            CheckVerb.Command(),
            PlanVerb.Command(),
            RunVerb.Command(),
            VerifyVerb.Command(),
            RerunVerb.Command(),
            ShowVerb.Command(),
            LsVerb.Command(),
            DiffVerb.Command(),
            ReportVerb.Command(),
            ExportVerb.Command(),
            BundleVerb.Command(),
            DescribeVerb.Command(),
            InitVerb.Command(),
            SchemaVerb.Command(),
            CompletionVerb.Command(),
            DataVerb.Command(),
            ExplainVerb.Command(),
            ConvertVerb.Command(),
            CacheVerb.Command(),
            CalibrateVerb.Command(),
            DoctorVerb.Command(),
        };
        // The library's defaults would read @x as a file of arguments, exit 1 on wrong usage, print traces of its own and
        // kill a handler two seconds after SIGTERM; its own handling of signals does not tell which one came.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Action is ParseErrorAction usage)
        {
            usage.ShowHelp = false;
            invocation.Output = Console.Error;
            await parsed.InvokeAsync(invocation);
            await Console.Error.WriteLineAsync("'spectral --help' lists the verbs, 'spectral VERB --help' their options");
            return ExitCode.Usage;
        }

        using StopSignals signals = new();
        try
        {
            return await parsed.InvokeAsync(invocation, signals.Stop);
        }
        catch (Exception failure)
        {
            return Failure.Report(failure, signals.IsTermination);
        }
    }
}
