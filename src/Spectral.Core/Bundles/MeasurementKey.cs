using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>
/// The name of a measurement among all that is known of a bundle: <c>ANALYSIS.QUANTITY@CHECKPOINT/SPLIT/TARGET</c>, the
/// parts behind the @ that it has. One without a Jacobian has the checkpoint of its epoch, else the epoch's number.
/// </summary>
internal static class MeasurementKey
{
    /// <summary>
    /// Adds measurements under their names. Of a curve over epochs in the spaces of one checkpoint, the value at that
    /// checkpoint's own epoch is taken, or else the first.
    /// </summary>
    public static void Add(ImmutableArray<Measurement> rows, Dictionary<string, CardValue> values)
    {
        // Every spectrum states its number of parameters at its checkpoint's own epoch.
        Dictionary<string, int> epochs = new(StringComparer.Ordinal);
        foreach (Measurement row in rows.Where(row => row is { Analysis: "spectrum", Quantity: "parameters" }))
            epochs.TryAdd(row.SpectrumAt, row.Epoch);
        Dictionary<int, string> names = [];
        foreach ((string name, int epoch) in epochs)
            names.TryAdd(epoch, name);
        foreach (Measurement row in rows)
        {
            string at = row.SpectrumAt.Length > 0 ? row.SpectrumAt
                : names.GetValueOrDefault(row.Epoch) ?? row.Epoch.ToString(CultureInfo.InvariantCulture);
            string key = Of(row, at);
            if (!values.ContainsKey(key) || (epochs.TryGetValue(at, out int own) && own == row.Epoch))
                values[key] = CardValue.Of(row.Value);
        }
    }

    private static string Of(Measurement row, string at) =>
        $"{row.Analysis}.{row.Quantity}@{at}"
        + (row.Split.Length > 0 ? "/" + row.Split : "") + (row.Target.Length > 0 ? "/" + row.Target : "");
}
