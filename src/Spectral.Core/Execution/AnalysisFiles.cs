using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>What analyses found, as files, and back with the same bits.</summary>
internal static class AnalysisFiles
{
    private const string Rows = "measurements.csv", Tables = "tables.json";

    /// <summary>Writes measurements and tables.</summary>
    public static void Write(ArtifactFolder files, AnalysisResult found)
    {
        files.Write(Rows, ResultTables.Write(found.Measurements).ToBytes());
        foreach (AnalysisTable table in found.Tables)
            files.Write(PathOf(table.Name), table.Content.ToBytes());
        files.Write(
            Tables, CanonicalJson.Serialize(new JsonArray([.. found.Tables.Select(table => (JsonNode)table.Name)])));
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="FormatException">They are not what <see cref="Write"/> wrote.</exception>
    public static AnalysisResult Read(ArtifactFolder files) => new(
        ResultTables.ReadMeasurements(CsvTable.Parse(files.Read(Rows))),
        [
            .. ((JsonArray)CanonicalJson.Parse(files.Read(Tables))!)
                .Select(name => name!.GetValue<string>())
                .Select(name => new AnalysisTable(name, CsvTable.Parse(files.Read(PathOf(name))))),
        ]);

    private static string PathOf(string table) => $"tables/{table}.csv";
}
