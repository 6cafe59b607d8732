using System.CommandLine;
using Spectral.Core.Datasets;

namespace Spectral.Cli.Verbs;

/// <summary><c>data</c>: the files of published data sets on this machine.</summary>
internal static class DataVerb
{
    /// <summary>The verb with its four verbs.</summary>
    public static Command Command() => new("data", "List, check, add or download the files of published data sets.")
    {
        DataListVerb.Command(),
        DataVerifyVerb.Command(),
        DataAddVerb.Command(),
        DataFetchVerb.Command(),
    };

    /// <summary>The name of a data set, one of those that have files.</summary>
    public static Argument<string> Name()
    {
        Argument<string> name = new("NAME") { Description = $"The data set: {Kinds}." };
        name.AcceptOnlyFromAmong([.. PublishedSets.All.Select(set => set.Kind)]);
        return name;
    }

    /// <summary>The kinds that have files.</summary>
    public static string Kinds => string.Join(", ", PublishedSets.All.Select(set => set.Kind));

    /// <summary>The data folder that files are put into.</summary>
    public static Option<string?> Target() => new("--data")
    {
        Description = "The folder of data sets to put the files into, instead of the user's.",
        HelpName = "folder",
    };
}
