using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Verbs;

/// <summary><c>verify BUNDLE</c>: every hash and every rule of the format; lists every mismatch.</summary>
internal static class VerifyVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "verify",
            "Check a bundle: every hash, every rule of the format. Exits with 6 where one does not hold.",
            [bundle],
            [json],
            (parsed, _) => Run(parsed.GetRequiredValue(bundle), parsed.GetValue(json)));
    }

    private static int Run(string path, bool json)
    {
        ImmutableArray<BundleProblem> problems = BundleVerifier.Verify(path);
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["bundle"] = path,
                ["sound"] = problems.IsEmpty,
                ["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)new JsonObject
                {
                    ["path"] = problem.Path,
                    ["found"] = problem.Found,
                    ["expected"] = problem.Expected,
                })]),
            }.ToJsonString());
        }
        else if (problems.IsEmpty)
        {
            Console.WriteLine($"{path}: sound, content digest {BundleReading.Open(path).ContentDigest}");
        }
        else
        {
            foreach (BundleProblem problem in problems)
                Console.WriteLine($"{path}: {problem.Path}: found {problem.Found}, expected {problem.Expected}");
        }

        if (problems.IsEmpty)
            return ExitCode.Ok;
        Console.Error.WriteLine($"spectral: {path} is damaged: {problems.Length} problem{(problems.Length == 1 ? "" : "s")}; get it again from where it came");
        return ExitCode.Damaged;
    }
}
