using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>completion</c>: the scripts, in the shells that this machine has.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    /// <summary>A line to complete, and the one word that its last one becomes.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "spectral ver", "verify" },
        { "spectral describe fashion", "fashion_mnist" },
        { "spectral describe training.batch", "training.batch_size" },
        { "spectral check --form", "--format" },
        { "spectral check --format sa", "sarif" },
        { "spectral init --template n", "noise-sweep" },
        { "spectral bundle pa", "pack" },
        // What the program has no word for is a file.
        { "spectral check exp", "exp.yaml" },
    };

    private CommandLine Shell => CommandLine.In(_folder);

    /// <summary>A shell that finds <c>spectral</c> in the folder.</summary>
    private CommandLine Spectral =>
        Shell.With("PATH", _folder.Path + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")).With("HOME", _folder.Path);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("spectral ver", "verify")]
    [InlineData("spectral describe fashion", "fashion_mnist")]
    [InlineData("spectral describe training.batch", "training.batch_size")]
    [InlineData("spectral describe SP010", "SP0101 SP0102 SP0103 SP0104 SP0105 SP0106 SP0107 SP0108 SP0109")]
    [InlineData("spectral check --form", "--format")]
    [InlineData("spectral check --format s", "sarif")]
    [InlineData("spectral init --template q", "quickstart")]
    [InlineData("spectral bundle pa", "pack")]
    [InlineData("spectral check exp", "")]
    [InlineData("spectral check ", "")]
    public async Task Bash_completes_what_may_follow_and_leaves_files_to_itself(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "no bash");
        string script = (await InProcess.Run("completion", "bash")).Expect(0).Output;
        Assert.Contains("complete -o default -F _spectral spectral", script, StringComparison.Ordinal);
        _folder.Write("completion.bash", script);
        string command = $$"""
            spectral() { dotnet '{{CommandLine.Program}}' "$@"; }
            source completion.bash
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<< "$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _spectral
            echo "${COMPREPLY[*]}"
            """;
        Assert.Equal(expected, (await Shell.RunOther("/bin/bash", "-c", command)).Expect(0).Output.Trim());
    }

    [Theory]
    [InlineData("bash", "bash", "-n")]
    [InlineData("zsh", "zsh", "-n")]
    [InlineData("fish", "fish", "-n")]
    public async Task Every_script_is_one_that_its_shell_can_read(string shell, string program, string option)
    {
        _folder.Write("script", (await InProcess.Run("completion", shell)).Expect(0).Output);
        Assert.Empty((await Shell.RunOther(Find(program), option, "script")).Expect(0).Error);
    }

    /// <summary>The line as zsh's own line editor leaves it after a completion, in a terminal of zsh's.</summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Zsh_completes_the_line(string line, string word)
    {
        string zsh = await Prepare("zsh");
        _folder.Write("drive.zsh", """
            zmodload zsh/zpty
            zpty shell "TERM=dumb zsh -f -i"
            zpty -w shell "PS1=; autoload -Uz compinit; compinit -u -D; source script; setopt noautomenu nobeep"
            zpty -w shell 'show() { zle complete-word; print -r -- "$BUFFER" > part; mv part result }; zle -N show; bindkey "^T" show; touch ready'
            wait_for() { repeat 1200; do [[ -e $1 ]] && return; zpty -r -t shell > /dev/null; sleep 0.05; done; exit 1 }
            wait_for ready
            zpty -w -n shell "$1"$'\x14'
            wait_for result
            cat result
            zpty -d shell
            """);
        string completed = line[..(line.LastIndexOf(' ') + 1)] + word;
        Assert.Equal(completed, (await Spectral.RunOther(zsh, "-f", "drive.zsh", line)).Expect(0).Output.Trim());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Fish_completes_the_line(string line, string word)
    {
        string fish = await Prepare("fish");
        Outcome found = (await Spectral.RunOther(fish, "--no-config", "-c", $"source script; complete -C '{line}'")).Expect(0);
        Assert.Equal([word], found.Lines);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task PowerShell_completes_the_line(string line, string word)
    {
        string powershell = await Prepare("powershell", "pwsh");
        string command =
            "Get-Content -Raw script | Invoke-Expression; "
            + $"(TabExpansion2 -inputScript '{line}' -cursorColumn {line.Length}).CompletionMatches | ForEach-Object CompletionText";
        Outcome found = (await Spectral.RunOther(powershell, "-NoProfile", "-NonInteractive", "-Command", command)).Expect(0);
        // PowerShell writes a file of the folder as ./file, and 'spectral' is another one there.
        Assert.Equal([word], found.Lines.Select(one => one.Replace("./", "", StringComparison.Ordinal)).Where(one => one != "spectral"));
    }

    [Fact]
    public async Task Another_shell_is_refused_with_the_known_ones() =>
        (await InProcess.Run("completion", "tcsh")).ExpectRefusal(2, "'tcsh'", "'zsh'");

    /// <summary>Lays out the folder for a shell: its script, the program as a command, and a file.</summary>
    /// <returns>The shell.</returns>
    private async Task<string> Prepare(string shell, string? program = null)
    {
        string found = Find(program ?? shell);
        _folder.Write("script", (await InProcess.Run("completion", shell)).Expect(0).Output);
        _folder.Write("exp.yaml", Spec.Tiny);
        _folder.Write("spectral", $"#!/bin/sh\nexec dotnet '{CommandLine.Program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Locate("spectral"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return found;
    }

    /// <summary>The program of a shell; where this machine has none, the test skips.</summary>
    private static string Find(string program)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append(Repository.Path("bin", "tools"))
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null || OperatingSystem.IsWindows(), $"no {program}");
        return found!;
    }
}
