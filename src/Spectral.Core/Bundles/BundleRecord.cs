using System.Collections.Immutable;

namespace Spectral.Core.Bundles;

/// <summary>
/// What a sealed bundle's provenance says beside its files: when the run took place, in which stages, by whom, and how
/// others may use it. Volatile: it never enters the content digest.
/// </summary>
/// <param name="Started">When the run began.</param>
/// <param name="Finished">When it ended; its day, in UTC, is the bag's date.</param>
/// <param name="Stages">The stages in the order of their work.</param>
/// <param name="License">
/// How others may use the results: a URL, or a short text such as an SPDX name; empty for none.
/// </param>
/// <param name="Agent">Who ran it: a person's name.</param>
/// <param name="SoftwareUrl">
/// Where the program can be found: an absolute http or https URL, which also identifies it.
/// </param>
public sealed record BundleRecord(
    DateTimeOffset Started,
    DateTimeOffset Finished,
    ImmutableArray<StageRecord> Stages,
    string License,
    string Agent,
    string SoftwareUrl);

/// <summary>
/// One stage of a run, which becomes a <c>CreateAction</c>: what it read and what it made. A stage is chained to an
/// earlier one by using what that one made.
/// </summary>
/// <param name="Name">Its name, such as <c>train</c>.</param>
/// <param name="Description">What it did, in a sentence.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Uses">Files of the payload that it read; a path that ends in '/' means every file below.</param>
/// <param name="Makes">
/// Files of the payload that it wrote, likewise. A stage that made none is no action of the crate.
/// </param>
public sealed record StageRecord(
    string Name,
    string Description,
    DateTimeOffset Start,
    DateTimeOffset End,
    ImmutableArray<string> Uses,
    ImmutableArray<string> Makes);
