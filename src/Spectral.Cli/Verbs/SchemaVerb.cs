using System.CommandLine;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary><c>schema</c>: the spec language as a JSON Schema for editors.</summary>
internal static class SchemaVerb
{
    /// <summary>The verb.</summary>
    public static Command Command() => VerbCommand.Of(
        "schema",
        "Print the spec language as a JSON Schema (draft-07), for editors and validators.",
        [],
        [],
        (_, _) =>
        {
            Console.Write(Compiler.Schema);
            return ExitCode.Ok;
        });
}
