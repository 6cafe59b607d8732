using Microsoft.Data.Sqlite;

namespace Spectral.Cli.Library;

/// <summary>
/// The file of the bundles' index in the cache folder. It is never the truth: one that is damaged, foreign or of another
/// version is made anew.
/// </summary>
internal static class IndexFile
{
    /// <summary>The name of the file; another layout gets another number.</summary>
    public const string Name = "bundles-1.sqlite";

    // 'SpcL': tells our file from any other database.
    private const long ApplicationId = 0x5370634C;

    private const string Schema = """
        CREATE TABLE bundle (
            id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, damage TEXT);
        CREATE TABLE fact (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE value (
            fact INTEGER NOT NULL, bundle INTEGER NOT NULL, number REAL, text TEXT,
            PRIMARY KEY (fact, bundle)) WITHOUT ROWID;
        CREATE TABLE retired (bundle INTEGER PRIMARY KEY);
        """;

    /// <summary>The index in a folder, which is created where it is missing.</summary>
    /// <exception cref="SqliteException">The file is damaged or foreign, or cannot be written.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made.</exception>
    public static SqliteConnection Open(string folder)
    {
        Directory.CreateDirectory(folder);
        return Connect(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, Name),
            // A pooled connection would hold on to a file that was deleted.
            Pooling = false,
            DefaultTimeout = 10,
        });
    }

    /// <summary>An index in memory, for a machine on which none can be kept.</summary>
    public static SqliteConnection InMemory() => Connect(new SqliteConnectionStringBuilder { DataSource = ":memory:" });

    /// <summary>Deletes the index in a folder with whatever lies beside it.</summary>
    public static void Delete(string folder)
    {
        foreach (string suffix in (string[])["", "-journal", "-wal", "-shm"])
            File.Delete(Path.Combine(folder, Name + suffix));
    }

    /// <summary>Whether a failure says that the file is no index of ours, so that a new one helps.</summary>
    public static bool IsDamage(SqliteException failure)
    {
        const int error = 1, corrupt = 11, mismatch = 20, notADatabase = 26;
        return failure.SqliteErrorCode is error or corrupt or mismatch or notADatabase;
    }

    private static SqliteConnection Connect(SqliteConnectionStringBuilder where)
    {
        SqliteConnection connection = new(where.ToString());
        try
        {
            connection.Open();
            // A machine that loses its power loses at most the index.
            Run(connection, "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;");
            if (Number(connection, "PRAGMA application_id") != ApplicationId)
                Create(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Create(SqliteConnection connection)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        // Another process may have been first.
        if (Number(connection, "PRAGMA application_id") == ApplicationId)
            return;
        if (Number(connection, "SELECT count(*) FROM sqlite_schema") > 0)
            throw new SqliteException("a database of another program", 26);
        Run(connection, Schema + FormattableString.Invariant($"PRAGMA application_id = {ApplicationId};"));
        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string query)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string statements)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
