using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace Spectral.Cli.Running;

/// <summary>
/// One question to git that changes nothing: no shell, no pager, no hook, no monitor, no lock, no prompt, and an end in
/// time. A machine without git, a folder outside any repository and a repository that git refuses give no answer.
/// </summary>
internal static class GitCommand
{
    /// <summary>How long one question may take; a huge or remote work tree may need it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ImmutableArray<string> Safe =
    [
        "--no-pager", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false",
        "-c", "core.hooksPath=/dev/null", "-c", "color.ui=false", "-c", "core.quotePath=false",
    ];

    /// <summary>Variables by which a calling git, such as a hook, would point ours at another repository.</summary>
    private static readonly ImmutableArray<string> Foreign =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS", "GIT_CONFIG",
    ];

    /// <summary>What git wrote to stdout.</summary>
    /// <param name="Bytes">Its bytes, no more than were asked for.</param>
    /// <param name="IsCut">Whether there was more.</param>
    internal sealed record Answer(ReadOnlyMemory<byte> Bytes, bool IsCut)
    {
        /// <summary>The bytes as UTF-8 text without the line end.</summary>
        public string Text => System.Text.Encoding.UTF8.GetString(Bytes.Span).TrimEnd('\n');
    }

    /// <summary>Asks.</summary>
    /// <param name="folder">Where git is to stand.</param>
    /// <param name="most">The most bytes to take of the answer.</param>
    /// <param name="arguments">Command and arguments.</param>
    /// <returns>The answer; null where git is missing, says no or takes too long.</returns>
    public static Answer? Ask(string folder, int most, params ImmutableArray<string> arguments)
    {
        ProcessStartInfo start = new("git", [.. Safe, "-C", folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in Foreign)
            start.Environment.Remove(name);
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        try
        {
            using Process? git = Process.Start(start);
            return git is null ? null : Listen(git, most);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException or InvalidOperationException)
        {
            return null; // no git here
        }
    }

    private static Answer? Listen(Process git, int most)
    {
        using CancellationTokenSource patience = new(Patience);
        try
        {
            git.StandardInput.Close();
            git.ErrorDataReceived += (_, _) => { }; // a full pipe would stop it
            git.BeginErrorReadLine();
            byte[] bytes = new byte[most + 1];
            int count = git.StandardOutput.BaseStream
                .ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, patience.Token)
                .AsTask().GetAwaiter().GetResult();
            if (count > most)
            {
                git.Kill(entireProcessTree: true);
                return new Answer(bytes.AsMemory(0, most), IsCut: true);
            }

            git.WaitForExitAsync(patience.Token).GetAwaiter().GetResult();
            return git.ExitCode == 0 ? new Answer(bytes.AsMemory(0, count), IsCut: false) : null;
        }
        catch (OperationCanceledException)
        {
            git.Kill(entireProcessTree: true);
            return null;
        }
    }
}
