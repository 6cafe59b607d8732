using System.CommandLine;
using System.Text;
using Spectral.Cli.Templates;

namespace Spectral.Cli.Verbs;

/// <summary><c>init [FILE]</c>: writes a commented spec to start from, and never over anything.</summary>
internal static class InitVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> file = new("FILE")
        {
            Description = "The file to write; - prints the spec instead.",
            DefaultValueFactory = _ => "experiment.yaml",
        };
        Option<string> template = new("--template")
        {
            Description = "Which spec to start from.",
            HelpName = string.Join('|', TemplateText.Names),
            DefaultValueFactory = _ => TemplateText.Names[0],
        };
        template.AcceptOnlyFromAmong([.. TemplateText.Names]);
        return VerbCommand.Of(
            "init",
            "Write a commented spec to start from. Prints its path; an existing file is left alone.",
            [file],
            [template],
            (parsed, _) => Run(parsed.GetRequiredValue(file), TemplateText.Of(parsed.GetRequiredValue(template))));
    }

    private static int Run(string file, string text)
    {
        if (file == "-")
        {
            Console.Write(text);
            return ExitCode.Ok;
        }

        if (Problem(file) is { } problem)
        {
            Console.Error.WriteLine($"spectral: {problem}");
            return ExitCode.Usage;
        }

        // Where another process makes the file between the question and here, this fails instead of replacing it.
        using (FileStream stream = new(file, FileMode.CreateNew, FileAccess.Write))
            stream.Write(Encoding.UTF8.GetBytes(text));
        Console.Error.WriteLine($"next: spectral check {file}, then spectral run {file}");
        Console.WriteLine(file);
        return ExitCode.Ok;
    }

    private static string? Problem(string file)
    {
        if (string.IsNullOrWhiteSpace(file) || file.Contains('\0', StringComparison.Ordinal))
            return "expected a file's path, got an empty text or one with a zero character";
        if (Path.Exists(file))
            return $"{file} is there already and is left alone; name another file, or - for stdout";
        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? file;
        return Directory.Exists(folder) ? null : $"there is no folder {folder} for {file}; make it first";
    }
}
