using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Library;

/// <summary>A bundle in the index.</summary>
/// <param name="Id">Its number, never used twice.</param>
/// <param name="Root">The absolute path of its folder.</param>
/// <param name="Damage">Why it cannot be read, or null.</param>
internal sealed record IndexedBundle(long Id, string Root, string? Damage);

/// <summary>What is known of bundles, as a table that answers for thousands of them at once.</summary>
internal sealed class BundleIndex : IDisposable
{
    /// <summary>Bundles in one transaction: an interrupted first reading loses no more.</summary>
    private const int BatchSize = 500;

    /// <summary>Bundles that are gone before their facts are swept out; sweeping looks at every fact.</summary>
    private const int MostRetired = 1000;

    private readonly SqliteConnection _connection;

    private BundleIndex(SqliteConnection connection) => _connection = connection;

    /// <summary>The index over a connection, which it then owns.</summary>
    public static BundleIndex Over(SqliteConnection connection) => new(connection);

    /// <summary>
    /// Brings the index up to date with the bundles of a folder: reads those that are new or changed, and forgets those
    /// that are gone.
    /// </summary>
    /// <param name="folder">The folder that was searched, as an absolute path.</param>
    /// <param name="isRecursive">Whether it was searched to any depth.</param>
    /// <param name="found">The bundles in it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The bundles in the order in which they were found.</returns>
    public ImmutableArray<IndexedBundle> Refresh(
        string folder, bool isRecursive, ImmutableArray<FoundBundle> found, CancellationToken cancellation)
    {
        Dictionary<string, (IndexedBundle Bundle, string Stamp)> known = Known(folder);
        FoundBundle[] changed =
            [.. found.Where(bundle => !known.TryGetValue(bundle.Root, out var entry) || entry.Stamp != bundle.Stamp)];
        HashSet<string> present = [.. found.Select(bundle => bundle.Root)];
        string[] gone =
        [
            .. known.Keys.Where(path => !present.Contains(path))
                .Where(path => isRecursive || path == folder || Path.GetDirectoryName(path) == folder),
        ];
        foreach (FoundBundle[] batch in changed.Chunk(BatchSize))
        {
            BundleCard[] cards =
            [
                .. batch.AsParallel().AsOrdered().WithCancellation(cancellation)
                    .Select(bundle => BundleCard.Read(bundle.Root)),
            ];
            foreach (IndexedBundle bundle in IndexWriting.Add(_connection, batch, cards))
                known[bundle.Root] = (bundle, "");
        }

        if (gone.Length > 0)
            IndexWriting.Remove(_connection, gone, MostRetired);
        return [.. found.Select(bundle => known[bundle.Root].Bundle)];
    }

    /// <summary>The names of all facts that some bundles have between them.</summary>
    /// <param name="bundles">The bundles; a fact of another whose number lies between theirs may be named too.</param>
    public ImmutableHashSet<string> FactNames(ImmutableArray<IndexedBundle> bundles)
    {
        ImmutableHashSet<string>.Builder names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        if (bundles.IsEmpty)
            return names.ToImmutable();
        using SqliteCommand command = Command("""
            SELECT name FROM fact
            WHERE EXISTS (SELECT 1 FROM value WHERE fact = fact.id AND bundle BETWEEN $first AND $last)
            """);
        command.Parameters.AddWithValue("$first", bundles.Min(bundle => bundle.Id));
        command.Parameters.AddWithValue("$last", bundles.Max(bundle => bundle.Id));
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
            names.Add(rows.GetString(0));
        return names.ToImmutable();
    }

    /// <summary>One fact of some bundles, by the bundle's number; those that do not have it are left out.</summary>
    /// <param name="name">The fact's whole name.</param>
    /// <param name="bundles">The bundles.</param>
    public Dictionary<long, CardValue> Values(string name, ImmutableArray<IndexedBundle> bundles)
    {
        Dictionary<long, CardValue> values = [];
        if (bundles.IsEmpty)
            return values;
        HashSet<long> wanted = [.. bundles.Select(bundle => bundle.Id)];
        using SqliteCommand command = Command("""
            SELECT bundle, number, text FROM value
            WHERE fact = (SELECT id FROM fact WHERE name = $name) AND bundle BETWEEN $first AND $last
            """);
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$first", wanted.Min());
        command.Parameters.AddWithValue("$last", wanted.Max());
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (wanted.Contains(rows.GetInt64(0)))
                values[rows.GetInt64(0)] = IndexWriting.Value(rows, 1);
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private Dictionary<string, (IndexedBundle Bundle, string Stamp)> Known(string folder)
    {
        // '0' is the character behind '/': the range is everything in the folder, and the index on paths finds it.
        string inside = Path.TrimEndingDirectorySeparator(folder);
        using SqliteCommand command = Command(
            "SELECT id, path, stamp, damage FROM bundle WHERE path = $folder OR (path > $first AND path < $last)");
        command.Parameters.AddWithValue("$folder", folder);
        command.Parameters.AddWithValue("$first", inside + "/");
        command.Parameters.AddWithValue("$last", inside + "0");
        using SqliteDataReader rows = command.ExecuteReader();
        Dictionary<string, (IndexedBundle Bundle, string Stamp)> known = new(StringComparer.Ordinal);
        while (rows.Read())
        {
            string? damage = rows.IsDBNull(3) ? null : rows.GetString(3);
            IndexedBundle bundle = new(rows.GetInt64(0), rows.GetString(1), damage);
            known[bundle.Root] = (bundle, rows.GetString(2));
        }

        return known;
    }

    private SqliteCommand Command(string text)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
