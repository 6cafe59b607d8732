using System.CommandLine;
using Spectral.Core.Datasets;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>data verify [NAME...]</c>: every file of published data sets against its digest.</summary>
internal static class DataVerifyVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string[]> names = new("NAME")
        {
            Description = $"The data sets: {DataVerb.Kinds}; none means those that this machine has.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        names.AcceptOnlyFromAmong([.. PublishedSets.All.Select(set => set.Kind)]);
        Option<string?> data = SharedOptions.Data();
        return VerbCommand.Of(
            "verify",
            "Check files of published data sets by SHA-256. Exits with 1 where one is damaged, or is asked for and missing.",
            [names],
            [data],
            (parsed, _) => Run(parsed.GetValue(names) ?? [], SharedOptions.Folders(parsed.GetValue(data))));
    }

    private static int Run(string[] names, DataFolders folders)
    {
        int problems = 0;
        foreach (ImageSource set in PublishedSets.All.Where(set => names.Length == 0 || names.Contains(set.Kind)))
        {
            foreach (DataState state in DataState.Of(set, folders))
            {
                if (state.IsVerified)
                {
                    Console.WriteLine($"{state.Path}: sound");
                }
                else if (state.Problem is { } problem)
                {
                    problems++;
                    Console.WriteLine(problem);
                }
                else if (names.Length > 0)
                {
                    problems++;
                    Console.WriteLine($"{set.Kind}: found no {state.File.Name}; {set.Remedy}");
                }
            }
        }

        if (problems == 0)
            return ExitCode.Ok;
        Console.Error.WriteLine($"spectral: {problems} file{(problems == 1 ? " is" : "s are")} damaged or missing");
        return ExitCode.Failed;
    }
}
