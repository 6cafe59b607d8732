using System.Text.Json.Nodes;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>What a finished process left.</summary>
/// <param name="CommandLine">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal killed it.</param>
/// <param name="Output">All of stdout.</param>
/// <param name="Error">All of stderr.</param>
public sealed record Outcome(string CommandLine, int ExitCode, string Output, string Error)
{
    /// <summary>The lines of stdout, without their ends.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>stdout as one JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Output)!.AsObject();

    /// <summary>The bundle's path that a <c>run</c> printed: the one line of stdout, which names an existing folder.</summary>
    /// <param name="workingFolder">What a relative path is relative to.</param>
    public string Bundle(string workingFolder)
    {
        string path = Path.Combine(workingFolder, Output.TrimEnd('\n'));
        return Output.EndsWith('\n') && Output.Count(letter => letter == '\n') == 1 && Directory.Exists(path)
            ? path
            : throw Failure("stdout is not exactly one line that names a folder");
    }

    /// <summary>This, where the exit code is as expected.</summary>
    /// <exception cref="InvalidOperationException">It is another; the message holds all that the process said.</exception>
    public Outcome Expect(int exitCode) =>
        ExitCode == exitCode ? this : throw Failure($"exit code {ExitCode}, expected {exitCode}");

    /// <summary>This, where the verb refused as a verb must: the exit code, a silent stdout, and no stack trace.</summary>
    /// <exception cref="InvalidOperationException">Something is otherwise; the message says what.</exception>
    public Outcome ExpectRefusal(int exitCode, params string[] said)
    {
        Expect(exitCode);
        if (Output.Length > 0)
            throw Failure("stdout is not empty");
        if (Error.Contains("   at ", StringComparison.Ordinal) || Error.Contains("Exception", StringComparison.Ordinal))
            throw Failure("stderr has a stack trace");
        return Array.Find(said, text => !Error.Contains(text, StringComparison.Ordinal)) is { } missing
            ? throw Failure($"stderr does not say '{missing}'")
            : this;
    }

    private InvalidOperationException Failure(string what) =>
        new($"{what}\n$ {CommandLine}\n--- stdout\n{Output}\n--- stderr\n{Error}");
}
