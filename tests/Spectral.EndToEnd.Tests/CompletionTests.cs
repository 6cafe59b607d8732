using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>completion</c>: the scripts, in the shells that this machine has.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    private CommandLine Shell => CommandLine.In(_folder);

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
    [InlineData("bash", "/bin/bash", "-n")]
    [InlineData("zsh", "/usr/bin/zsh", "-n")]
    [InlineData("fish", "/usr/bin/fish", "-n")]
    public async Task Every_script_is_one_that_its_shell_can_read(string shell, string program, string option)
    {
        _folder.Write("script", (await InProcess.Run("completion", shell)).Expect(0).Output);
        Assert.SkipUnless(File.Exists(program), $"no {shell}");
        Assert.Empty((await Shell.RunOther(program, option, "script")).Expect(0).Error);
    }

    [Fact]
    public async Task The_script_for_powershell_registers_a_completer() =>
        Assert.Contains("Register-ArgumentCompleter -Native", (await InProcess.Run("completion", "powershell")).Expect(0).Output);

    [Fact]
    public async Task Another_shell_is_refused_with_the_known_ones() =>
        (await InProcess.Run("completion", "tcsh")).ExpectRefusal(2, "'tcsh'", "'zsh'");
}
