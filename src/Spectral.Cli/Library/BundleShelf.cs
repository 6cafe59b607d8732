using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Spectral.Core.Bundles;
using Spectral.Core.Caching;
using Spectral.Dsl;

namespace Spectral.Cli.Library;

/// <summary>The bundles of one folder with all that is known of them, by way of the machine's index.</summary>
internal sealed class BundleShelf : IDisposable
{
    private readonly BundleIndex _index;
    private readonly string _folder;
    private readonly Lazy<ImmutableHashSet<string>> _names;

    private BundleShelf(BundleIndex index, string folder, ImmutableArray<IndexedBundle> bundles)
    {
        _index = index;
        _folder = folder;
        Bundles = bundles;
        _names = new Lazy<ImmutableHashSet<string>>(() => index.FactNames(bundles));
    }

    /// <summary>The bundles, damaged ones too, in the order of their paths.</summary>
    public ImmutableArray<IndexedBundle> Bundles { get; }

    /// <summary>
    /// The bundles of a folder. An index that is damaged is made anew; where none can be kept, or another process holds
    /// it, the bundles themselves are read.
    /// </summary>
    /// <param name="folder">The folder as given.</param>
    /// <param name="isRecursive">Whether to look into folders at any depth.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static BundleShelf Of(string folder, bool isRecursive, CancellationToken cancellation)
    {
        ImmutableArray<FoundBundle> found = BundleSearch.Find(folder, isRecursive);
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string cache = CacheFolder.OfMachine();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                return Fill(IndexFile.Open(cache));
            }
            catch (SqliteException damage) when (attempt == 0 && IndexFile.IsDamage(damage) && Deleted(cache))
            {
                // Once more, from nothing.
            }
            catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
            {
                break;
            }
        }

        return Fill(IndexFile.InMemory());

        BundleShelf Fill(SqliteConnection connection)
        {
            BundleIndex index = BundleIndex.Over(connection);
            try
            {
                return new BundleShelf(index, folder, index.Refresh(root, isRecursive, found, cancellation));
            }
            catch
            {
                index.Dispose();
                throw;
            }
        }
    }

    /// <summary>The paths of everything that is known of any of the bundles, in order.</summary>
    public ImmutableArray<string> Paths => [.. _names.Value.Order(StringComparer.Ordinal)];

    /// <summary>One fact of every bundle that has it, by the bundle's number.</summary>
    /// <param name="path">What was written for it, see <see cref="CardKeys.Matching"/>.</param>
    /// <exception cref="FormatException">
    /// No bundle has it, or it may be one of several; the message says what to write.
    /// </exception>
    public Dictionary<long, CardValue> Column(string path)
    {
        var candidates = CardKeys.Matching(path, _names.Value)
            .Select(name => (Name: name, Values: _index.Values(name, Bundles)))
            .Where(candidate => candidate.Values.Count > 0)
            .ToList();
        return candidates switch
        {
            [] => throw new FormatException($"no bundle in {_folder} has '{path}'; {Advice(path)}"),
            [var only] => only.Values,
            _ => throw new FormatException(
                $"'{path}' may be {candidates.Count} measurements; write "
                + string.Join(" or ", candidates.Take(4).Select(one => one.Name)) + (candidates.Count > 4 ? ", ..." : "")),
        };
    }

    /// <summary>One fact that every sound bundle has, such as its name; empty where there are no bundles.</summary>
    /// <param name="name">One of <see cref="BundleCard.FactNames"/>, or a key of every plan.</param>
    public Dictionary<long, CardValue> Known(string name) => _index.Values(name, Bundles);

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    private string Advice(string path) => Compiler.Nearest(_names.Value, path) is { } near
        ? $"did you mean '{near}'?"
        : $"'spectral ls {_folder} --paths' lists all that is known";

    private static bool Deleted(string folder)
    {
        try
        {
            IndexFile.Delete(folder);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
