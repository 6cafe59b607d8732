using System.Reflection;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Cli.Running;

/// <summary>The .NET libraries that this process has loaded from the program's own folder.</summary>
internal static class ManagedLibraries
{
    /// <summary>
    /// Version and SHA-256 of each by its name, as a JSON object. The runtime's own libraries are of the runtime's version
    /// and left out.
    /// </summary>
    public static JsonObject ToJson()
    {
        JsonObject found = [];
        foreach (Assembly library in AppDomain.CurrentDomain.GetAssemblies()
            .Where(library => !library.IsDynamic && IsOurs(library.Location))
            .DistinctBy(library => library.GetName().Name)
            .OrderBy(library => library.GetName().Name, StringComparer.Ordinal))
        {
            found[library.GetName().Name!] = new JsonObject
            {
                ["sha256"] = ContentHash.Sha256OfFile(library.Location),
                ["version"] = library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                    ?? library.GetName().Version?.ToString(),
            };
        }

        return found;
    }

    private static bool IsOurs(string location) =>
        location.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) && File.Exists(location);
}
