using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Spectral.Cli.Doctor;

namespace Spectral.Cli.Verbs;

/// <summary><c>doctor</c>: whether this machine can run specs, and what to do where it cannot.</summary>
internal static class DoctorVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "doctor",
            "Look at this machine: runtime, libtorch, devices. Exits with 5 where it cannot run specs.",
            [],
            [json],
            (parsed, _) => Run(parsed.GetValue(json)));
    }

    private static int Run(bool json)
    {
        ImmutableArray<Finding> findings = MachineFindings.Look();
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
                {
                    ["subject"] = finding.Subject,
                    ["sound"] = finding.Sound,
                    ["found"] = finding.Found,
                    ["remedy"] = finding.Remedy,
                })]),
            }.ToJsonString());
        }
        else
        {
            foreach (Finding finding in findings)
            {
                string mark = finding.Sound switch { true => "ok  ", false => "BAD ", null => "    " };
                Console.WriteLine($"{mark}{finding.Subject,-22}{finding.Found}");
                if (finding.Remedy is { } remedy)
                    Console.WriteLine($"    {"",-22}-> {remedy}");
            }
        }

        return findings.Any(finding => finding.Sound == false) ? ExitCode.Unavailable : ExitCode.Ok;
    }
}
