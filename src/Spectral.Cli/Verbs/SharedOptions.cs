using System.Collections.Immutable;
using System.CommandLine;
using Spectral.Cli.Terminal;
using Spectral.Core.Execution;
using Spectral.Core.Plans;

namespace Spectral.Cli.Verbs;

/// <summary>Arguments and options that several verbs take, each made anew for each verb.</summary>
internal static class SharedOptions
{
    /// <summary>The spec to read.</summary>
    public static Argument<string> Spec() => new("SPEC") { Description = "The spec, a YAML file or an F# script (.fsx), which is run." };

    /// <summary>The bundle to read.</summary>
    public static Argument<string> Bundle()
    {
        Argument<string> argument = new("BUNDLE") { Description = "The bundle's folder." };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !Directory.Exists(given))
            {
                result.AddError(
                    string.IsNullOrWhiteSpace(given) ? "expected a bundle's folder, got an empty text"
                    : File.Exists(given) ? $"{given} is a file; a bundle is a folder"
                    : $"there is no folder {given}");
            }
        });
        return argument;
    }

    /// <summary>Overrides of the spec.</summary>
    public static Option<string[]> Set() => new("--set", "-S")
    {
        Description = "Set one value of the spec, as -S noise.uniform=0.25 or -S seed=2; may be given several times.",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>A folder to write to; required where there is no preset.</summary>
    public static Option<string> Out(string description, string? preset)
    {
        Option<string> option = new("--out") { Description = description, HelpName = "folder", Required = preset is null };
        if (preset is not null)
            option.DefaultValueFactory = _ => preset;
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && OutFolder.Problem(given) is { } problem)
                result.AddError($"--out: {problem}");
        });
        return option;
    }

    /// <summary>Where tensors live.</summary>
    public static Option<string> Device() =>
        Device("Where to compute: auto (CUDA where there is one), cpu, cuda or cuda:INDEX.");

    /// <summary>The same with another meaning or another preset.</summary>
    public static Option<string> Device(string description, string preset = "auto")
    {
        Option<string> option = new("--device")
        {
            Description = description,
            HelpName = "device",
            DefaultValueFactory = _ => preset,
        };
        option.CompletionSources.Add("auto", "cpu", "cuda");
        option.Validators.Add(result =>
        {
            string given = result.Tokens.Count == 1 ? result.Tokens[0].Value : "auto";
            if (!ComputeDevice.IsWellFormed(given))
                result.AddError($"--device: expected auto, cpu, cuda or cuda:INDEX, got '{given}'");
        });
        return option;
    }

    /// <summary>Threads of the stages whose bits depend on them.</summary>
    public static Option<int?> Threads()
    {
        Option<int?> option = new("--threads")
        {
            Description = "Threads for training and spectra; short for -S threads=N, part of the plan.",
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out int threads) && threads is >= 1 and <= 1024))
                result.AddError($"--threads: expected an integer in [1, 1024], got '{result.Tokens[0].Value}'");
        });
        return option;
    }

    /// <summary>One point of a sweep.</summary>
    public static Option<int?> Point() => WholeNumber("--point", "Only this point of the sweep; 'check' lists them by number.");

    /// <summary>A whole number of 1 or more that may be left out.</summary>
    public static Option<int?> WholeNumber(string name, string description)
    {
        Option<int?> option = new(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, out int number) && number >= 1))
                result.AddError($"{name}: expected an integer of 1 or more, got '{result.Tokens[0].Value}'");
        });
        return option;
    }

    /// <summary>Where data sets are kept, before all other places.</summary>
    public static Option<string?> Data() => new("--data")
    {
        Description = "A folder of data sets, searched before SPECTRAL_DATA, the user's and the system's.",
        HelpName = "folder",
    };

    /// <summary>Where finished stages are kept.</summary>
    public static Option<string?> Cache() => new("--cache")
    {
        Description = "The folder of finished stages, instead of SPECTRAL_CACHE's or the user's cache folder.",
        HelpName = "folder",
    };

    /// <summary>The folders to search for data sets.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder that was named does not exist.</exception>
    public static DataFolders Folders(string? data) => data is null || Directory.Exists(data)
        ? DataFolders.OfMachine(data)
        : throw new DirectoryNotFoundException($"--data {data}: found no folder there, expected one with data sets");

    /// <summary>How problems of a spec are written.</summary>
    public static Option<DiagnosticFormat> Format(string description)
    {
        ImmutableArray<string> names = ["text", "json", "sarif", "github"];
        Option<DiagnosticFormat> option = new("--format")
        {
            Description = description,
            HelpName = string.Join('|', names),
            CustomParser = result => (DiagnosticFormat)Math.Max(0, names.IndexOf(result.Tokens[0].Value)),
        };
        option.AcceptOnlyFromAmong([.. names]);
        return option;
    }

    /// <summary>JSON instead of a table.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of a table." };
}
