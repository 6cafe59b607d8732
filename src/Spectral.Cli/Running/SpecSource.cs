using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Cli.Running;

/// <summary>
/// Where a spec came from: its git repository, as it was when the run began. Every fact is null where there is no
/// repository or no git.
/// </summary>
/// <param name="Commit">The commit that is checked out; null also before a repository's first one.</param>
/// <param name="Branch">The branch; null also where none is checked out.</param>
/// <param name="Remote">The address of <c>origin</c>, else of the first remote, without credentials.</param>
/// <param name="Path">The spec's path in the repository, with '/'.</param>
/// <param name="IsTracked">Whether git knows the spec; null outside a repository.</param>
/// <param name="Changes">
/// Tracked files with uncommitted changes, each as git's status names it; null where git did not say. Untracked files are
/// not counted, or a run's own bundles would make a work tree dirty.
/// </param>
/// <param name="Difference">The uncommitted changes as a patch; null where there are none or nothing is known.</param>
internal sealed record SpecSource(
    string? Commit,
    string? Branch,
    string? Remote,
    string? Path,
    bool? IsTracked,
    ImmutableArray<string>? Changes,
    GitCommand.Answer? Difference)
{
    private const int LongestAnswer = 1 << 20;

    /// <summary>The most bytes of uncommitted changes that a bundle keeps: 1 MiB.</summary>
    private const int LargestDifference = 1 << 20;

    private static readonly SpecSource Unknown = new(null, null, null, null, null, null, null);

    /// <summary>The place of a spec, and whether everything about it is committed.</summary>
    /// <param name="spec">The spec's path as given.</param>
    public static SpecSource Of(string spec)
    {
        string file = System.IO.Path.GetFullPath(spec);
        string folder = System.IO.Path.GetDirectoryName(file) ?? file;
        if (Directory.Exists(folder) is false || Text(folder, "rev-parse", "--is-inside-work-tree") != "true")
            return Unknown;
        string name = System.IO.Path.GetFileName(file);
        string? commit = Text(folder, "rev-parse", "--verify", "--quiet", "HEAD");
        ImmutableArray<string>? changes = Text(folder, "status", "--porcelain", "--untracked-files=no") is { } status
            ? [.. status.Split('\n', StringSplitOptions.RemoveEmptyEntries)]
            : null;
        return new SpecSource(
            commit,
            Text(folder, "symbolic-ref", "--quiet", "--short", "HEAD"),
            RemoteOf(folder),
            Text(folder, "rev-parse", "--show-prefix") + name,
            Text(folder, "ls-files", "--", name) is { Length: > 0 },
            changes,
            commit is not null && changes is not { IsEmpty: true }
                ? GitCommand.Ask(folder, LargestDifference, Patch)
                : null);
    }

    /// <summary>
    /// Why a run that must start from a committed spec may not start, one line each; empty where it may.
    /// </summary>
    public ImmutableArray<string> Objections() => this switch
    {
        { IsTracked: null } => ["the spec is in no git repository that git opens, or there is no git on this machine"],
        { Commit: null } => ["the spec's repository has no commit yet"],
        { Changes: null } => ["git did not say what is uncommitted in the spec's repository"],
        _ =>
        [
            .. IsTracked is true ? [] : (string[])[$"untracked: {Path}"],
            .. Changes.Value.Select(change => $"uncommitted: {change}"),
        ],
    };

    /// <summary>Writes <c>record/source.json</c> and, where something is uncommitted, <c>record/source.diff</c>.</summary>
    public void Write(ArtifactFolder payload)
    {
        payload.Write("record/source.json", CanonicalJson.Serialize(new JsonObject
        {
            ["branch"] = Branch,
            ["commit"] = Commit,
            ["diff_is_cut"] = Difference?.IsCut,
            ["dirty"] = Changes is { } changes ? !changes.IsEmpty : null,
            ["path"] = Path,
            ["remote"] = Remote,
            ["tracked"] = IsTracked,
        }));
        if (Difference is { Bytes.IsEmpty: false } difference)
            payload.Write("record/source.diff", difference.Bytes.Span);
    }

    // A user's settings must not change the form of the patch, nor let another program make it.
    private static readonly ImmutableArray<string> Patch =
    [
        "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--full-index", "--src-prefix=a/",
        "--dst-prefix=b/", "HEAD",
    ];

    private static string? RemoteOf(string folder)
    {
        ImmutableArray<string[]> remotes =
        [
            .. (Text(folder, "config", "--get-regexp", @"^remote\..*\.url$") ?? "")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' ', 2))
                .Where(pair => pair.Length == 2),
        ];
        string[]? chosen = remotes.FirstOrDefault(pair => pair[0] == "remote.origin.url") ?? remotes.FirstOrDefault();
        string? address = chosen?[1];
        return address is null ? null : RemoteAddress.WithoutCredentials(address);
    }

    private static string? Text(string folder, params ImmutableArray<string> question) =>
        GitCommand.Ask(folder, LongestAnswer, question)?.Text;
}
