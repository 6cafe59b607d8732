using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Spectral.EndToEnd.Tests.Fixtures;
using Spectral.Specimens;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// <c>check</c> on inputs that nobody would write: it says what is wrong with them, soon. For ten seconds here; for as many
/// inputs as <c>SPECTRAL_FUZZ</c> says where that is set.
/// </summary>
public sealed partial class FuzzTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Mutated_and_random_inputs_are_refused_or_taken_and_nothing_hangs()
    {
        bool isCounted = int.TryParse(
            Environment.GetEnvironmentVariable("SPECTRAL_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int count);
        string[] corpus = [.. Repository.Experiments().Select(File.ReadAllText), .. SpecTexts.Of(200, 7)];
        Random random = new(20261125);
        using WorkFolder folder = new();
        string file = folder.Locate("input.yaml");
        Stopwatch clock = Stopwatch.StartNew();
        int done = 0, taken = 0;
        while (isCounted ? done < count : clock.Elapsed < TimeSpan.FromSeconds(10))
        {
            byte[] input = Mutations.Next(random, corpus);
            File.WriteAllBytes(file, input);
            (Outcome outcome, TimeSpan time) = await Check(file);
            // A machine that does other work besides may pause anything; a hang is one twice.
            if (time > Longest)
                (outcome, time) = await Check(file);
            // What is taken may have warnings and notes, what is refused says why.
            bool isTold = outcome.ExitCode == 2
                ? outcome.Error.Length > 0
                : outcome.Error.Length == 0
                    || (Remark().IsMatch(outcome.Error) && !outcome.Error.Contains(": error ", StringComparison.Ordinal));
            if (outcome.ExitCode is not (0 or 2) || time > Longest || !isTold)
                Assert.Fail($"input {done}, {time}, exit code {outcome.ExitCode}\n{outcome.Error}\n--- kept as {Keep(input)}");
            done++;
            taken += outcome.ExitCode == 0 ? 1 : 0;
        }

        TestContext.Current.SendDiagnosticMessage($"{done} inputs in {clock.Elapsed}, {taken} taken");
        if (isCounted)
            File.WriteAllText(Path.Combine(Path.GetTempPath(), "spectral-fuzz.txt"), $"{done} inputs in {clock.Elapsed}, {taken} taken\n");
        Assert.True(done > 50, $"only {done} inputs in {clock.Elapsed}");
        Assert.InRange(taken, 1, done / 2);
    }

    /// <summary>A warning or a note at its place, with its code, is what begins.</summary>
    [GeneratedRegex(@"^\S+:\d+:\d+: (warning|note) SP\d{4}: ")]
    private static partial Regex Remark();

    private static async Task<(Outcome Outcome, TimeSpan Time)> Check(string file)
    {
        Stopwatch clock = Stopwatch.StartNew();
        return (await InProcess.Run("check", file), clock.Elapsed);
    }

    private static string Keep(byte[] input)
    {
        string path = Path.Combine(Path.GetTempPath(), $"spectral-fuzz-{Guid.NewGuid():N}.yaml");
        File.WriteAllBytes(path, input);
        return path;
    }
}
