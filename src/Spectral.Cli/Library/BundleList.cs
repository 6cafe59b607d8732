using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Bundles;
using Spectral.Report;

namespace Spectral.Cli.Library;

/// <summary>The bundles that a user asked for, in order, with the columns to show.</summary>
/// <param name="Bundles">The bundles.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Passed">Damaged bundles that no condition could be held against.</param>
internal sealed record BundleList(
    ImmutableArray<IndexedBundle> Bundles, ImmutableArray<ListColumn> Columns, int Passed)
{
    /// <summary>Chooses, sorts and looks up.</summary>
    /// <exception cref="FormatException">
    /// A path or a condition means nothing here; the message begins with the option.
    /// </exception>
    public static BundleList Of(BundleShelf shelf, ListRequest request)
    {
        if (shelf.Bundles.All(bundle => bundle.Damage is not null))
            return new BundleList(request.Where.IsEmpty ? shelf.Bundles : [], ListColumn.Standard(shelf), 0);
        IEnumerable<IndexedBundle> chosen = shelf.Bundles;
        foreach (Condition condition in request.Where)
        {
            Dictionary<long, CardValue> facts = Named("--where", () => shelf.Column(condition.Path));
            if (condition.OrdersNumbersByText(facts.Values))
            {
                throw new FormatException(
                    $"--where {condition}: {condition.Path} is a number; found '{condition.Operand}', expected one");
            }

            chosen = chosen.Where(bundle =>
                condition.Holds(facts.TryGetValue(bundle.Id, out CardValue fact) ? fact : null));
        }

        if (request.Sort is { } path)
            chosen = Sorted(chosen, Named("--sort", () => shelf.Column(path)), request.IsReversed);
        else if (request.IsReversed)
            chosen = chosen.Reverse();
        return new BundleList(
            [.. chosen],
            request.Columns.IsEmpty
                ? ListColumn.Standard(shelf)
                : [.. request.Columns.Select(column => Named("--columns", () => ListColumn.Of(shelf, column)))],
            request.Where.IsEmpty ? 0 : shelf.Bundles.Count(bundle => bundle.Damage is not null));
    }

    /// <summary>The list as a table; damaged bundles stand with their reason.</summary>
    public string ToText()
    {
        bool hasDamage = Bundles.Any(bundle => bundle.Damage is not null);
        return PlainTable.Of(
            [
                .. Columns.Select(column => new PlainColumn(column.Header, column.IsNumber)),
                .. hasDamage ? [new PlainColumn("damage", IsNumber: false)] : ImmutableArray<PlainColumn>.Empty,
            ],
            Bundles.Select(bundle => (ImmutableArray<string>)
            [
                // A damaged bundle has no name but its folder's.
                .. Columns.Select((column, index) =>
                    bundle.Damage is not null && index == 0 ? Path.GetFileName(bundle.Root) : column.Cell(bundle)),
                .. hasDamage ? [Reason(bundle)] : ImmutableArray<string>.Empty,
            ]));
    }

    private static string Reason(IndexedBundle bundle) => bundle.Damage is { } reason ? "damaged: " + reason : "";

    /// <summary>The list as JSON: an object a bundle, with its folder, every column in full, and why it is damaged.</summary>
    public JsonArray ToJson() => new([.. Bundles.Select(Json)]);

    private JsonNode Json(IndexedBundle bundle)
    {
        JsonObject json = new() { ["bundle"] = bundle.Root };
        foreach (ListColumn column in Columns)
            json[column.Key] = column.Values.TryGetValue(bundle.Id, out CardValue value) ? Json(value) : null;
        json["damage"] = bundle.Damage;
        return json;
    }

    /// <summary>JSON has no NaN: a number that does not exist is null.</summary>
    private static JsonNode? Json(CardValue value) => value switch
    {
        { Number: { } number } => double.IsFinite(number) ? number : null,
        { Text: "true" or "false" } => value.Text == "true",
        _ => value.Text,
    };

    // Bundles without the fact come last in either direction.
    private static IEnumerable<IndexedBundle> Sorted(
        IEnumerable<IndexedBundle> bundles, Dictionary<long, CardValue> facts, bool isReversed)
    {
        Comparer<CardValue> order = Comparer<CardValue>.Create(
            (one, other) => isReversed ? CardValue.Compare(other, one) : CardValue.Compare(one, other));
        return bundles.OrderBy(bundle => facts.ContainsKey(bundle.Id) ? 0 : 1)
            .ThenBy(bundle => facts.GetValueOrDefault(bundle.Id), order);
    }

    private static T Named<T>(string option, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{option}: {problem.Message}", problem);
        }
    }
}
