using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Verbs;

/// <summary><c>verify BUNDLE</c>: every hash, every rule of the format, a signature; lists every mismatch.</summary>
internal static class VerifyVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> bundle = SharedOptions.Bundle();
        Option<string?> key = new("--key")
        {
            Description = "Demand a signature by this public key (PEM): exit with 6 where none covers the bundle.",
            HelpName = "file",
        };
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "verify",
            "Check a bundle: every hash, every rule of the format. Exits with 6 where one does not hold.",
            [bundle],
            [key, json],
            (parsed, cancellation) =>
                Run(parsed.GetRequiredValue(bundle), parsed.GetValue(key), parsed.GetValue(json), cancellation));
    }

    private static int Run(string path, string? keyFile, bool json, CancellationToken cancellation)
    {
        using VerificationKey? key = keyFile is null ? null : KeyFile.ReadPublic("--key", keyFile);
        if (key is null && keyFile is not null)
            return ExitCode.Usage;
        ImmutableArray<BundleProblem> problems = BundleReading.Problems(path, cancellation);
        bool isDamaged = !problems.IsEmpty;
        // Of a damaged bundle a signature says nothing: what it covers is not there.
        if (!isDamaged && key is not null && Attestation.Fault(path, key) is { } fault)
            problems = [fault];
        ImmutableArray<string> signedBy = problems.IsEmpty ? Attestation.KeyIds(path) : [];
        if (json)
            Console.WriteLine(Json(path, problems, signedBy, key).ToJsonString());
        else
            Write(path, problems, signedBy, key);
        if (problems.IsEmpty)
            return ExitCode.Ok;
        Console.Error.WriteLine(isDamaged
            ? $"spectral: {path} is damaged: {problems.Length} problem{(problems.Length == 1 ? "" : "s")}; get it again from where it came"
            : $"spectral: {path} is not signed by the key {key!.Id}: its hashes are sound, but anyone may have made it");
        return ExitCode.Damaged;
    }

    private static void Write(
        string path, ImmutableArray<BundleProblem> problems, ImmutableArray<string> signedBy, VerificationKey? key)
    {
        foreach (BundleProblem problem in problems)
            Console.WriteLine($"{path}: {problem.Path}: found {problem.Found}, expected {problem.Expected}");
        if (!problems.IsEmpty)
            return;
        Console.WriteLine($"{path}: sound, content digest {BundleReading.Open(path).ContentDigest}");
        foreach (string id in signedBy)
        {
            Console.WriteLine(id == key?.Id
                ? $"{path}: signed by key id {id}, checked"
                : $"{path}: signed by key id {id}, not checked; --key PUB checks it");
        }
    }

    private static JsonObject Json(
        string path, ImmutableArray<BundleProblem> problems, ImmutableArray<string> signedBy, VerificationKey? key) => new()
        {
            ["bundle"] = path,
            ["sound"] = problems.IsEmpty,
            ["problems"] = new JsonArray([.. problems.Select(problem => (JsonNode)new JsonObject
            {
                ["path"] = problem.Path,
                ["found"] = problem.Found,
                ["expected"] = problem.Expected,
            })]),
            ["signatures"] = new JsonArray([.. signedBy.Select(id => (JsonNode)new JsonObject
            {
                ["key_id"] = id,
                ["checked"] = id == key?.Id,
            })]),
        };
}
