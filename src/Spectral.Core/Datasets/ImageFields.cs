using System.Collections.Immutable;
using Spectral.Core.Components;

namespace Spectral.Core.Datasets;

/// <summary>The settings of <see cref="ImageChoice"/> in a component of type <typeparamref name="TOwner"/>.</summary>
/// <param name="names">The names of all classes.</param>
/// <param name="read">Takes the choice out of the component.</param>
internal sealed class ImageFields<TOwner>(ImmutableArray<string> names, Func<TOwner, ImageChoice> read)
{
    private readonly Field<ImmutableArray<int>> _classes = new(
        "classes",
        new ListType<int>(new NamedIndexType(names), 2),
        Enumerable.Range(0, names.Length).ToImmutableArray(),
        "The classes to keep, by name or index, in the order of the outputs.",
        null,
        owner => read((TOwner)owner).Classes);

    private readonly Field<int> _train = Field.Integer(
        "train", (TOwner owner) => read(owner).Train, "Training examples, from the training files.", minimum: 1, unit: "examples");

    private readonly Field<int> _test = Field.Integer(
        "test", (TOwner owner) => read(owner).Test, "Test examples, from the test files.", minimum: 1, unit: "examples");

    private readonly Field<int> _validation = Field.Integer(
        "validation",
        (TOwner owner) => read(owner).Validation,
        "Validation examples, from the training files, disjoint from training.",
        minimum: 0,
        preset: 0,
        unit: "examples");

    private readonly Field<bool> _balanced = Field.Flag(
        "balanced",
        (TOwner owner) => read(owner).Balanced,
        "Take equally many examples of every class; false takes the classes as they come.",
        preset: true);

    private readonly PreprocessingFields<TOwner> _preprocessing = new(owner => read(owner).Preprocessing);

    private readonly Field<bool> _verify = Field.Flag(
        "verify",
        (TOwner owner) => read(owner).Verify,
        "Require the published content by SHA-256; false for files of your own in the same layout.",
        preset: true);

    /// <summary>The fields, in the order in which documentation lists them.</summary>
    public ImmutableArray<Field> All =>
        [_classes, _train, _test, _validation, _balanced, .. _preprocessing.All, _verify];

    /// <summary>The choice that the settings make.</summary>
    public ImageChoice Of(Settings settings) => new(
        settings.Of(_classes),
        settings.Of(_train),
        settings.Of(_test),
        settings.Of(_validation),
        settings.Of(_balanced),
        _preprocessing.Of(settings),
        settings.Of(_verify));
}
