using System.CommandLine;
using System.Text;
using Spectral.Cli.Running;
using Spectral.Cli.Terminal;
using Spectral.Core.Plans;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary><c>convert FROM TO</c>: a YAML spec as an F# script, or the other way round.</summary>
internal static class ConvertVerb
{
    private const string Schema = "schemas/spectral-1.schema.json";

    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> from = new("FROM") { Description = "The spec, YAML or an F# script (.fsx), which is run." };
        Argument<string> to = new("TO")
        {
            Description = "The file to write, .yaml, .yml or .fsx; - prints FROM's other form.",
        };
        Option<bool> force = new("--force") { Description = "Replace the file where there is one." };
        return VerbCommand.Of(
            "convert",
            "Write a spec in its other form, YAML or F#. The plan stays the same; comments are lost.",
            [from, to],
            [force],
            (parsed, cancellation) =>
                Run(parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetValue(force), cancellation));
    }

    private static int Run(string from, string to, bool force, CancellationToken cancellation)
    {
        if (to != "-" && Problem(from, to, force) is { } problem)
        {
            Console.Error.WriteLine($"spectral convert: {problem}");
            return ExitCode.Usage;
        }

        bool isScript = SpecReading.IsScript(from);
        Func<ScriptOutcome>? run = isScript ? () => ScriptRun.Of(from, cancellation) : null;
        string folder = to == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(to))!;
        Conversion conversion = (to == "-" ? !isScript : SpecReading.IsScript(to))
            ? Converter.ToScript(from, run, Preamble(folder))
            : Converter.ToYaml(from, run, SchemaFrom(folder));
        Console.Error.Write(DiagnosticText.Of(conversion.Problems));
        if (conversion.Text is not { } text)
            return ExitCode.Usage;
        if (to == "-")
            Console.Write(text);
        else if (Write(to, text, force) is { } failure)
            return failure;
        Console.Error.WriteLine("the plan is the same; comments are not carried over, and paths of files stay as they are");
        return ExitCode.Ok;
    }

    private static string? Problem(string from, string to, bool force)
    {
        if (OutFile.Problem(to) is { } problem)
            return problem;
        if (Path.GetExtension(to).ToLowerInvariant() is not (".yaml" or ".yml" or ".fsx"))
            return $"{to}: expected a name that ends in .yaml, .yml or .fsx, or - for stdout";
        if (File.Exists(from) && Path.GetFullPath(from) == Path.GetFullPath(to))
            return $"{to} is the spec itself; name another file";
        return File.Exists(to) && !force ? Standing(to) : null;
    }

    private static string Standing(string to) => $"{to} exists; --force replaces it";

    /// <summary>Writes the file whole or not at all; one that came into being meanwhile is not replaced.</summary>
    private static int? Write(string to, string text, bool force)
    {
        string draft = $"{to}.{Guid.NewGuid():N}.draft";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to))!);
            File.WriteAllText(draft, text, new UTF8Encoding(false));
            File.Move(draft, to, force);
            return null;
        }
        catch (IOException) when (!force && File.Exists(to))
        {
            Console.Error.WriteLine($"spectral convert: {Standing(to)}");
            return ExitCode.Usage;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>References for editors, relative to the script's folder.</summary>
    private static string Preamble(string folder)
    {
        string libraries = Path.GetRelativePath(folder, AppContext.BaseDirectory).Replace('\\', '/').TrimEnd('/');
        return $"""
            // For editors and `dotnet fsi`; spectral itself knows where the language is.
            #I "{libraries}"
            #r "Spectral.Core.dll"
            #r "Spectral.Dsl.dll"


            """;
    }

    /// <summary>The schema of the checkout that a folder lies in, relative to it; else a schema in the folder itself.</summary>
    private static string SchemaFrom(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            string schema = Path.Combine(at.FullName, Schema);
            if (File.Exists(schema))
                return Path.GetRelativePath(folder, schema).Replace('\\', '/');
        }

        return Path.GetFileName(Schema);
    }
}
