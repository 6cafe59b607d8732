using Microsoft.Data.Sqlite;
using Spectral.Core.Bundles;

namespace Spectral.Cli.Library;

/// <summary>Changes of the index, each one transaction, so that processes that change it at once do not meet.</summary>
internal static class IndexWriting
{
    /// <summary>Adds bundles, or puts new cards in the place of old ones.</summary>
    /// <returns>The bundles with their numbers: another process's, where that one was first with the same card.</returns>
    public static IndexedBundle[] Add(SqliteConnection connection, FoundBundle[] bundles, BundleCard[] cards)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        Dictionary<string, long> facts = Facts(connection, cards);
        IndexedBundle[] indexed = new IndexedBundle[bundles.Length];
        List<(long Fact, long Bundle, CardValue Value)> values = [];
        for (int i = 0; i < bundles.Length; i++)
        {
            long? standing = Standing(connection, bundles[i]);
            indexed[i] = new IndexedBundle(
                standing ?? Insert(connection, bundles[i], cards[i].Damage), bundles[i].Root, cards[i].Damage);
            if (standing is null)
                values.AddRange(cards[i].Values.Select(pair => (facts[pair.Key], indexed[i].Id, pair.Value)));
        }

        Insert(connection, values);
        transaction.Commit();
        return indexed;
    }

    /// <summary>Forgets bundles. Their facts are swept out together, once there are many.</summary>
    public static void Remove(SqliteConnection connection, string[] paths, int mostRetired)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand retire = Command(
            connection, "INSERT INTO retired SELECT id FROM bundle WHERE path = $path", "$path");
        using SqliteCommand delete = Command(connection, "DELETE FROM bundle WHERE path = $path", "$path");
        foreach (string path in paths)
        {
            retire.Parameters[0].Value = delete.Parameters[0].Value = path;
            retire.ExecuteNonQuery();
            delete.ExecuteNonQuery();
        }

        using SqliteCommand count = Command(connection, "SELECT count(*) FROM retired");
        if ((long)count.ExecuteScalar()! > mostRetired)
        {
            using SqliteCommand sweep = Command(
                connection, "DELETE FROM value WHERE bundle IN (SELECT bundle FROM retired); DELETE FROM retired;");
            sweep.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>The fact in two columns, number and text, of a row.</summary>
    public static CardValue Value(SqliteDataReader row, int column) =>
        // SQLite has no NaN: a number without either is one.
        !row.IsDBNull(column) ? CardValue.Of(row.GetDouble(column))
        : row.IsDBNull(column + 1) ? CardValue.Of(double.NaN)
        : CardValue.Of(row.GetString(column + 1));

    private static Dictionary<string, long> Facts(SqliteConnection connection, BundleCard[] cards)
    {
        Dictionary<string, long> facts = new(StringComparer.Ordinal);
        using SqliteCommand read = Command(connection, "SELECT name, id FROM fact");
        using (SqliteDataReader rows = read.ExecuteReader())
        {
            while (rows.Read())
                facts[rows.GetString(0)] = rows.GetInt64(1);
        }

        using SqliteCommand insert = Command(
            connection, "INSERT INTO fact (name) VALUES ($name) RETURNING id", "$name");
        string[] added = [.. cards.SelectMany(card => card.Values.Keys).Distinct().Where(name => !facts.ContainsKey(name))];
        foreach (string name in added)
        {
            insert.Parameters[0].Value = name;
            facts[name] = (long)insert.ExecuteScalar()!;
        }

        return facts;
    }

    private static long? Standing(SqliteConnection connection, FoundBundle bundle)
    {
        using SqliteCommand command = Command(
            connection, "SELECT id FROM bundle WHERE path = $path AND stamp = $stamp", "$path", "$stamp");
        (command.Parameters[0].Value, command.Parameters[1].Value) = (bundle.Root, bundle.Stamp);
        return (long?)command.ExecuteScalar();
    }

    private static long Insert(SqliteConnection connection, FoundBundle bundle, string? damage)
    {
        using SqliteCommand command = Command(
            connection,
            """
            INSERT INTO retired SELECT id FROM bundle WHERE path = $path;
            DELETE FROM bundle WHERE path = $path;
            INSERT INTO bundle (path, stamp, damage) VALUES ($path, $stamp, $damage) RETURNING id;
            """,
            "$path",
            "$stamp",
            "$damage");
        (command.Parameters[0].Value, command.Parameters[1].Value) = (bundle.Root, bundle.Stamp);
        command.Parameters[2].Value = damage ?? (object)DBNull.Value;
        return (long)command.ExecuteScalar()!;
    }

    private static void Insert(SqliteConnection connection, List<(long Fact, long Bundle, CardValue Value)> values)
    {
        using SqliteCommand insert = Command(
            connection,
            "INSERT INTO value VALUES ($fact, $bundle, $number, $text)",
            "$fact",
            "$bundle",
            "$number",
            "$text");
        insert.Prepare();
        // In the order of the table's own key, every insertion goes behind the last.
        foreach ((long fact, long bundle, CardValue value) in values.OrderBy(value => (value.Fact, value.Bundle)))
        {
            insert.Parameters[0].Value = fact;
            insert.Parameters[1].Value = bundle;
            insert.Parameters[2].Value = value.Number is { } number && !double.IsNaN(number) ? number : DBNull.Value;
            insert.Parameters[3].Value = value.Number is null ? value.Text : DBNull.Value;
            insert.ExecuteNonQuery();
        }
    }

    private static SqliteCommand Command(
        SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach (string name in parameters)
            command.Parameters.AddWithValue(name, DBNull.Value);
        return command;
    }
}
