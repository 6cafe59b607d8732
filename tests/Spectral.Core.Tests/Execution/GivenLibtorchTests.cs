using Spectral.Core.Execution;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>What is read of a libtorch before it is loaded.</summary>
public sealed class GivenLibtorchTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spectral-libtorch-");

    [Theory]
    [InlineData("version.py", "from typing import Optional\n__all__ = ['__version__']\n__version__ = '2.11.0+cu130'\ndebug = False\n", "2.11.0+cu130")]
    [InlineData("version.py", "__version__: str = \"2.10.0\"\n", "2.10.0")]
    [InlineData("version.py", "debug = False\n", null)]
    [InlineData("build-version", "2.10.0+cpu\n", "2.10.0+cpu")]
    [InlineData("README", "2.10.0", null)]
    public void The_version_is_that_of_the_files_beside_the_folder(string file, string content, string? version)
    {
        string lib = _folder.CreateSubdirectory("lib").FullName;
        File.WriteAllText(Path.Combine(_folder.FullName, file), content);
        Assert.Equal(version, LibtorchVersion.Of(lib));
    }

    [Theory]
    [InlineData("2.11.0+cu130", "2.11")]
    [InlineData("2.10.0", "2.10")]
    [InlineData("1.13.0a0", "1.13")]
    public void Versions_are_compared_by_major_and_minor(string version, string line) =>
        Assert.Equal(line, LibtorchVersion.Line(version));

    [Fact]
    public void The_version_that_is_wanted_is_TorchSharps_own() =>
        Assert.Equal(GivenLibtorch.WantedVersion, LibtorchVersion.Line(TorchSharp.torch.__version__));

    [Fact]
    public void The_glue_asks_libtorch_for_functions_and_for_a_few_tables()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the glue is an ELF library on Linux alone");
        ElfImports imports = ElfImports.Of(NativeFolders.Find("LibTorchSharp")!);
        Assert.InRange(imports.All.Count(ElfImports.IsOfTorch), 1000, 1400);
        Assert.InRange(imports.AtLoad.Count(ElfImports.IsOfTorch), 10, 300);
        Assert.Contains(imports.All, name => name.StartsWith("_ZN2at4_ops", StringComparison.Ordinal));
        Assert.DoesNotContain(imports.All, name => name.Length == 0);
    }

    [Fact]
    public void A_file_that_is_no_library_is_told_so()
    {
        string file = Path.Combine(_folder.FullName, "libtext.so");
        File.WriteAllText(file, new string('x', 100));
        Assert.Contains("expected a 64-bit", Assert.Throws<InvalidDataException>(() => ElfImports.Of(file)).Message);
        byte[] cut = File.ReadAllBytes("/proc/self/exe")[..4096];
        File.WriteAllBytes(file, cut);
        Assert.Contains("damaged", Assert.Throws<InvalidDataException>(() => ElfImports.Of(file)).Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
