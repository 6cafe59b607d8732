using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Datasets;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary><c>data list</c>: which published data sets this machine has, and whether they are sound.</summary>
internal static class DataListVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<string?> data = SharedOptions.Data();
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "list",
            "List the published data sets: state, size, place. Reads every file to check it.",
            [],
            [data, json],
            (parsed, _) => Run(SharedOptions.Folders(parsed.GetValue(data)), parsed.GetValue(json)));
    }

    private static int Run(DataFolders folders, bool json)
    {
        ImmutableArray<(ImageSource Set, ImmutableArray<DataState> States)> sets =
            [.. PublishedSets.All.Select(set => (set, DataState.Of(set, folders)))];
        if (json)
        {
            Console.WriteLine(new JsonArray([.. sets.Select(entry => (JsonNode)new JsonObject
            {
                ["name"] = entry.Set.Kind,
                ["state"] = DataState.Word(entry.States),
                ["bytes"] = entry.States.Sum(state => state.Bytes),
                ["folder"] = Place(entry.States),
                ["files"] = new JsonArray([.. entry.States.Select(state => (JsonNode)new JsonObject
                {
                    ["name"] = state.File.Name,
                    ["path"] = state.Path,
                    ["sha256"] = state.File.Sha256,
                    ["verified"] = state.IsVerified,
                    ["problem"] = state.Problem,
                })]),
            })]).ToJsonString());
            return ExitCode.Ok;
        }

        Console.WriteLine($"{"name",-14}{"state",-12}{"size",10}  place");
        foreach ((ImageSource set, ImmutableArray<DataState> states) in sets)
        {
            string size = states.Any(state => state.Path is not null)
                ? string.Create(CultureInfo.InvariantCulture, $"{states.Sum(state => state.Bytes) / 1e6:F1} MB")
                : "";
            Console.WriteLine($"{set.Kind,-14}{DataState.Word(states),-12}{size,10}  {Place(states)}".TrimEnd());
        }

        Console.Error.WriteLine($"looked in {string.Join(", ", folders.Paths)}");
        return ExitCode.Ok;
    }

    private static string Place(ImmutableArray<DataState> states) =>
        Path.GetDirectoryName(states.FirstOrDefault(state => state.Path is not null)?.Path) ?? "";
}
