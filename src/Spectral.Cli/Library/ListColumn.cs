using System.Collections.Immutable;
using Spectral.Core.Bundles;
using Spectral.Report;

namespace Spectral.Cli.Library;

/// <summary>A column of a list of bundles: one fact of each.</summary>
/// <param name="Header">What a person reads over it.</param>
/// <param name="Key">Its key in JSON.</param>
/// <param name="Values">The fact by the bundle's number.</param>
/// <param name="Shown">A fact as a person reads it.</param>
internal sealed record ListColumn(
    string Header, string Key, Dictionary<long, CardValue> Values, Func<CardValue, string> Shown)
{
    /// <summary>Digits of a hash that are shown; they tell the bundles of a lifetime apart.</summary>
    private const int HashDigits = 12;

    private static readonly ImmutableArray<(string Header, string Key, string Path, Func<CardValue, string> Shown)> Preset =
    [
        ("name", "name", "name", Whole),
        ("plan", "plan_hash", "plan_hash", Short),
        ("created (UTC)", "created", "created", Minute),
        ("network", "network", "network.kind", Whole),
        ("n", "n", "n", Whole),
        ("noise", "noise", "noise", Whole),
        ("cutoff", "cutoff", "cutoff", Whole),
        ("train error", "train_error", "train_error", Percent),
        ("test error", "test_error", "test_error", Percent),
        ("digest", "content_digest", "digest", Short),
        ("signed", "signed", "signed", value => value.Text == "true" ? "yes" : "no"),
    ];

    /// <summary>The columns of a list where nobody asked for others.</summary>
    public static ImmutableArray<ListColumn> Standard(BundleShelf shelf) =>
        [.. Preset.Select(column => new ListColumn(column.Header, column.Key, shelf.Known(column.Path), column.Shown))];

    /// <summary>A column for any fact.</summary>
    /// <param name="shelf">The bundles.</param>
    /// <param name="path">The fact's path as written, which becomes heading and key.</param>
    /// <exception cref="FormatException">No bundle has it, or it may be several.</exception>
    public static ListColumn Of(BundleShelf shelf, string path) => new(path, path, shelf.Column(path), Whole);

    /// <summary>Whether all facts are numbers.</summary>
    public bool IsNumber => Values.Count > 0 && Values.Values.All(value => value.Number is not null);

    /// <summary>The cell of a bundle; a dash where it does not have the fact.</summary>
    public string Cell(IndexedBundle bundle) =>
        Values.TryGetValue(bundle.Id, out CardValue value) ? Shown(value) : UncertainNumber.Absent;

    private static string Whole(CardValue value) =>
        value.Number is { } number ? UncertainNumber.Format(number, number, number) : value.Text;

    private static string Percent(CardValue value) =>
        value.Number is { } rate && double.IsFinite(rate)
            ? UncertainNumber.Format(100 * rate, 100 * rate, 100 * rate, 4) + " %"
            : UncertainNumber.Absent;

    private static string Short(CardValue value) => value.Text[..Math.Min(HashDigits, value.Text.Length)];

    // 2026-03-01T23:30:00Z without seconds, or the day alone.
    private static string Minute(CardValue value) =>
        value.Text[..Math.Min("2026-03-01T23:30".Length, value.Text.Length)].Replace('T', ' ');
}
