using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Cli.Library;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Verbs;

/// <summary><c>ls [DIR]</c>: the bundles of a folder, one a line, thousands of them at once.</summary>
internal static class LsVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> folder = new("DIR")
        {
            Description = "The folder in which bundles stand.",
            DefaultValueFactory = _ => "runs",
        };
        Option<bool> recursive = new("--recursive") { Description = "Look into folders at any depth." };
        Option<string[]> where = Where();
        Option<string?> sort = new("--sort")
        {
            Description = "Sort by this setting, fact or measurement instead of the folder's name.",
            HelpName = "path",
        };
        Option<bool> reverse = new("--reverse") { Description = "The largest or last first." };
        Option<string[]> columns = new("--columns")
        {
            Description = "Show these instead of the standard columns, with commas between.",
            HelpName = "path,path",
            DefaultValueFactory = _ => [],
        };
        Option<bool> paths = new("--paths") { Description = "List what the other options can name, nothing else." };
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "ls",
            "List the bundles of a folder. Reads an index of them, which it keeps up to date.",
            [folder],
            [recursive, where, sort, reverse, columns, paths, json],
            (parsed, cancellation) => Run(
                new ListRequest(
                    parsed.GetRequiredValue(folder),
                    parsed.GetValue(recursive),
                    [.. parsed.GetRequiredValue(where).Select(Condition.Parse)],
                    parsed.GetValue(sort),
                    parsed.GetValue(reverse),
                    [
                        .. parsed.GetRequiredValue(columns).SelectMany(list => list.Split(
                            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
                    ]),
                parsed.GetValue(paths),
                parsed.GetValue(json),
                cancellation));
    }

    private static Option<string[]> Where()
    {
        Option<string[]> where = new("--where")
        {
            Description = "Only bundles of which this holds: a path, one of = != < <= > >= ~ !~, and a value, such as "
                + "noise.uniform.rate>=0.25 or name~quick. A path alone: bundles that have it. Repeatable; all must hold.",
            HelpName = "condition",
            DefaultValueFactory = _ => [],
        };
        where.Validators.Add(result =>
        {
            foreach (string given in result.Tokens.Select(token => token.Value))
            {
                try
                {
                    Condition.Parse(given);
                }
                catch (FormatException problem)
                {
                    result.AddError($"--where: {problem.Message}");
                }
            }
        });
        return where;
    }

    private static int Run(ListRequest request, bool paths, bool json, CancellationToken cancellation)
    {
        try
        {
            using BundleShelf shelf = BundleShelf.Of(request.Folder, request.IsRecursive, cancellation);
            if (paths)
                return List(shelf.Paths, json);
            BundleList list = BundleList.Of(shelf, request);
            if (json)
                Console.WriteLine(new JsonObject { ["bundles"] = list.ToJson() }.ToJsonString());
            else if (!list.Bundles.IsEmpty)
                Console.Write(list.ToText());
            Remark(shelf, list, request);
            return ExitCode.Ok;
        }
        catch (Exception problem) when (problem is FormatException or DirectoryNotFoundException)
        {
            Console.Error.WriteLine($"spectral ls: {problem.Message}");
            return ExitCode.Usage;
        }
    }

    private static int List(ImmutableArray<string> paths, bool json)
    {
        JsonObject list = new() { ["paths"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]) };
        Console.Write(json ? list.ToJsonString() + "\n" : string.Concat(paths.Select(path => path + "\n")));
        return ExitCode.Ok;
    }

    private static void Remark(BundleShelf shelf, BundleList list, ListRequest request)
    {
        string advice = request.IsRecursive ? "" : "; --recursive looks into its folders";
        if (shelf.Bundles.IsEmpty)
            Console.Error.WriteLine($"no bundles in {request.Folder}{advice}");
        else if (!request.Where.IsEmpty)
            Console.Error.WriteLine($"{list.Bundles.Length} of {shelf.Bundles.Length} bundles");
        if (list.Passed > 0)
            Console.Error.WriteLine($"passed over {list.Passed} damaged; without --where they are listed with the reason");
    }
}
