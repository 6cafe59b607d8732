using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// A libtorch that SPECTRAL_LIBTORCH names. A build that carries none is this one with a list of dependencies without it, as
/// <c>-p:SpectralTorch=none</c> leaves it out.
/// </summary>
public sealed class LibtorchTests(SealedBundles bundles) : IDisposable
{
    private const string Debian = "/usr/lib/python3/dist-packages/torch/lib";

    private readonly WorkFolder _folder = new();

    [Fact]
    public async Task A_libtorch_elsewhere_runs_a_spec_to_the_same_results()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the test moves libraries of Linux");
        string torch = Elsewhere();
        string spec = _folder.Write("tiny.yaml", Spec.Tiny);
        Outcome doctor = (await Bare(torch, "doctor")).Expect(0);
        Assert.Contains("of no known version, from SPECTRAL_LIBTORCH", doctor.Output, StringComparison.Ordinal);
        // The linker's list has the files behind the links.
        Assert.Contains("libtorch_cpu.so", doctor.Output, StringComparison.Ordinal);
        Outcome run = (await Bare(torch, "run", spec, "--device", "cpu", "--out", _folder.Locate("runs"))).Expect(0);
        JsonNode content = JsonNode.Parse(File.ReadAllText(Path.Combine(run.Bundle(_folder.Path), "data", "content.json")))!;
        JsonNode own = JsonNode.Parse(File.ReadAllText(Path.Combine(bundles.Tiny, "data", "content.json")))!;
        Assert.Equal(own.ToJsonString(), content.ToJsonString());
    }

    [Fact]
    public async Task A_libtorch_of_another_version_is_refused_with_5_and_told_by_name()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Debian, "libtorch_cpu.so")), "Debian's python3-torch is not here");
        string spec = _folder.Write("tiny.yaml", Spec.Tiny);
        Outcome run = (await Bare(Debian, "run", spec, "--out", _folder.Locate("runs"))).ExpectRefusal(
            5, "libtorch 1.13.0a0 in " + Debian, "does not fit TorchSharp", "lacks", "expected libtorch 2.10");
        Assert.DoesNotContain("symbol lookup error", run.Error, StringComparison.Ordinal);
        Outcome doctor = (await Bare(Debian, "doctor")).Expect(5);
        Assert.Contains("BAD libtorch", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("unset SPECTRAL_LIBTORCH", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_libtorch_is_refused_with_5()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the test moves libraries of Linux");
        string spec = _folder.Write("tiny.yaml", Spec.Tiny);
        (await Bare(_folder.Path, "run", spec)).ExpectRefusal(5, $"SPECTRAL_LIBTORCH={_folder.Path}: it has no libtorch_cpu");
        (await Bare(_folder.Locate("nowhere"), "run", spec)).ExpectRefusal(5, "it is no folder", "torch/lib");
    }

    [Fact]
    public async Task A_build_with_a_libtorch_of_its_own_takes_no_other()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the test moves libraries of Linux");
        string torch = _folder.Locate("other");
        Directory.CreateDirectory(torch);
        File.WriteAllText(Path.Combine(torch, "libtorch_cpu.so"), "");
        string spec = _folder.Write("tiny.yaml", Spec.Tiny);
        (await CommandLine.In(_folder).With("SPECTRAL_LIBTORCH", torch).Run("run", spec))
            .ExpectRefusal(5, "carries a libtorch of its own", "-p:SpectralTorch=none");
    }

    [Fact]
    public async Task Auto_says_on_stderr_why_it_is_the_CPU()
    {
        string spec = _folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine spectral = CommandLine.In(_folder);
        Outcome auto = (await spectral.Run("run", spec)).Expect(0);
        Outcome cpu = (await spectral.Run("run", spec, "--device", "cpu", "--force")).Expect(0);
        Assert.DoesNotContain("computing on the CPU", cpu.Error, StringComparison.Ordinal);
        string record = File.ReadAllText(Path.Combine(auto.Bundle(_folder.Path), "data", "record", "environment.json"));
        JsonObject places = JsonNode.Parse(record)!["places"]!.AsObject();
        Assert.Equal("cpu", places["analyses"]!.GetValue<string>());
        if (JsonNode.Parse(record)!["device"]!.GetValue<string>() != "cpu")
            return;
        Assert.Single(auto.Error.Split('\n'), line => line.StartsWith("computing on the CPU: ", StringComparison.Ordinal));
        Assert.Equal("cpu", places["spectrum train"]!.GetValue<string>());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The program without a libtorch of its own.</summary>
    private Task<Outcome> Bare(string torch, params string[] arguments)
    {
        string source = Path.ChangeExtension(CommandLine.Program, ".deps.json");
        JsonNode dependencies = JsonNode.Parse(File.ReadAllText(source))!;
        foreach (JsonObject target in dependencies["targets"]!.AsObject().Select(target => target.Value!.AsObject()))
        {
            foreach (string library in (string[])[.. target.Select(entry => entry.Key)])
            {
                if (library.StartsWith("libtorch-", StringComparison.Ordinal))
                    target.Remove(library);
                else if (target[library] is JsonObject entry && entry["dependencies"] is JsonObject needs)
                    RemoveWhere(needs, name => name.StartsWith("libtorch-", StringComparison.Ordinal));
            }
        }

        RemoveWhere(dependencies["libraries"]!.AsObject(), name => name.StartsWith("libtorch-", StringComparison.Ordinal));
        string program = _folder.Locate("bare");
        if (!Directory.Exists(program))
            CopyTo(program);
        File.WriteAllText(Path.Combine(program, Path.GetFileName(source)), dependencies.ToJsonString());
        return CommandLine.In(_folder).With("SPECTRAL_LIBTORCH", torch).RunOther(
            "dotnet", [Path.Combine(program, Path.GetFileName(CommandLine.Program)), .. arguments]);
    }

    /// <summary>The program's managed libraries, TorchSharp's glue and SQLite, in a folder of their own.</summary>
    private static void CopyTo(string program)
    {
        string native = Path.Combine("runtimes", "linux-x64", "native");
        Directory.CreateDirectory(Path.Combine(program, native));
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory).Where(path => path.EndsWith(".dll", StringComparison.Ordinal)
            || path.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        foreach (string file in (string[])["libLibTorchSharp.so", "libe_sqlite3.so"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, native, file), Path.Combine(program, native, file));
    }

    private static void RemoveWhere(JsonObject of, Func<string, bool> condition)
    {
        foreach (string name in (string[])[.. of.Select(entry => entry.Key).Where(condition)])
            of.Remove(name);
    }

    /// <summary>The served libtorch in a folder of another name, by links.</summary>
    private string Elsewhere()
    {
        string here = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        string there = _folder.Locate("moved");
        Directory.CreateDirectory(there);
        foreach (string file in Directory.GetFiles(here).Where(path => !path.Contains("LibTorchSharp", StringComparison.Ordinal)))
            File.CreateSymbolicLink(Path.Combine(there, Path.GetFileName(file)), File.ResolveLinkTarget(file, true)?.FullName ?? file);
        return there;
    }
}
