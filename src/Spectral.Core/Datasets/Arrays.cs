using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>
/// A user's own <c>.npy</c> files. The compiler reads them once and writes their digests, shape and numbers into the plan,
/// so that a plan is complete without the files and a run refuses files that have changed since.
/// </summary>
/// <param name="Paths">
/// Train inputs, train labels, test inputs, test labels; relative ones start at the working folder. Empty texts in a plan,
/// but for older plans, which held them.
/// </param>
/// <param name="Classes">K; 0 in a spec means the largest label and one more.</param>
/// <param name="Validation">Validation examples, taken at random out of the training arrays.</param>
/// <param name="Preprocessing">What is done to the inputs.</param>
/// <param name="Facts">What the files were found to be; null in a spec until they are read.</param>
public sealed record Arrays(
    ImmutableArray<string> Paths, int Classes, int Validation, Preprocessing Preprocessing, ArrayFacts? Facts)
    : Dataset, IGivenFiles
{
    /// <summary>The most classes that labels may name.</summary>
    public const int MostClasses = 1 << 20;

    /// <summary>With digests and sizes the example binds without files; a spec may leave both out.</summary>
    private const string SampleDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly ImmutableArray<string> Names = ["train_inputs", "train_labels", "test_inputs", "test_labels"];

    private static readonly ImmutableArray<Field<string>> PathFields =
    [
        Path(0, "Training inputs [n, ...]: float32, float64, or uint8 pixels, which are divided by 255."),
        Path(1, "Training labels [n]: int64, int32 or uint8, from 0."),
        Path(2, "Test inputs [m, ...]."),
        Path(3, "Test labels [m]."),
    ];

    private static readonly Field<int> ClassesField = Field.Integer(
        "classes", (Arrays arrays) => arrays.Classes, "K; 0 means the largest label and one more.", minimum: 0, maximum: MostClasses, preset: 0);

    private static readonly Field<int> ValidationField = Field.Integer(
        "validation",
        (Arrays arrays) => arrays.Validation,
        "Validation examples, taken at random out of the training arrays.",
        minimum: 0,
        preset: 0,
        unit: "examples");

    private static readonly PreprocessingFields<Arrays> InputFields = new(arrays => arrays.Preprocessing);

    private static readonly Field<ImmutableArray<string>> DigestsField = new(
        "sha256",
        new ListType<string>(new TextType("a SHA-256 of 64 hexadecimal digits", 64, 64), 0),
        ImmutableArray<string>.Empty,
        "SHA-256 of the four files, which they must have; the compiler fills it in where it is left out.",
        null,
        arrays => ((Arrays)arrays).Facts?.Digests ?? []);

    private static readonly Field<ImmutableArray<int>> SizesField = Field.Integers(
        "sizes",
        (Arrays arrays) => arrays.Facts?.Sizes ?? [],
        "Training and test examples, then the shape of one; filled in by the compiler, so leave it out.",
        minimum: 1,
        minimumCount: 0,
        preset: ImmutableArray<int>.Empty);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, Arrays>(
        kind: "arrays",
        summary: "Your own .npy files: inputs and integer labels for train and test.",
        source: "NumPy's npy format 1.0, NEP 1",
        example: "{arrays: {train_inputs: x.npy, train_labels: y.npy, test_inputs: x_test.npy, test_labels: y_test.npy, "
            + $"classes: 3, sizes: [100, 50, 8], sha256: [{SampleDigest}, {SampleDigest}, {SampleDigest}, {SampleDigest}]}}}}",
        fields: [.. PathFields, ClassesField, ValidationField, .. InputFields.All, DigestsField, SizesField],
        bind: Bind,
        check: arrays => arrays.Problems());

    /// <summary>Why the files could not be read when the spec was compiled; empty where they were, or are in the plan.</summary>
    private ImmutableArray<FieldProblem> Unread { get; init; } = [];

    /// <inheritdoc/>
    public ImmutableSortedDictionary<string, string> Places => Facts is null
        ? ImmutableSortedDictionary<string, string>.Empty
        : Facts.Digests.Zip(Paths).Where(pair => pair.Second != "").DistinctBy(pair => pair.First)
            .ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool HasClasses => true;

    /// <inheritdoc/>
    public override Shape InputShape => Facts is { } facts ? new Shape(facts.Sizes[2..]) : new Shape(1);

    /// <inheritdoc/>
    public override ImmutableArray<string> ClassNames =>
        [.. Enumerable.Range(0, Classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public override int TrainCount => (Facts?.Sizes[0] ?? 1) - Validation;

    /// <inheritdoc/>
    public override int ValidationCount => Validation;

    /// <inheritdoc/>
    public override int TestCount => Facts?.Sizes[1] ?? 1;

    /// <inheritdoc/>
    public override DatasetArrays Load(DataFolders folders, ulong seed)
    {
        ImmutableArray<string> paths = [.. Enumerable.Range(0, Paths.Length).Select(file => Place(file, folders))];
        ArrayContent content = ArrayContent.Read(paths);
        LabelledImages.RequireLabels(paths[1], content.TrainLabels.AsSpan(), Classes);
        LabelledImages.RequireLabels(paths[3], content.TestLabels.AsSpan(), Classes);
        int[] order = new RandomStream(seed, "data/arrays").Permutation(content.TrainLabels.Length);
        return Preprocessing.Seal(
            content.InputShape,
            Select(content.TrainInputs, content.TrainLabels, order.Skip(Validation)),
            Select(content.TrainInputs, content.TrainLabels, order.Take(Validation)),
            Select(content.TestInputs, content.TestLabels, Enumerable.Range(0, content.TestLabels.Length)),
            Names.Zip(content.Digests).ToImmutableSortedDictionary(pair => pair.First + ".npy", pair => pair.Second, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public Dataset WithoutPlaces() => this with { Paths = ["", "", "", ""] };

    /// <summary>Where one of the files lies: of several places that have one, the first with the plan's content.</summary>
    /// <exception cref="InvalidDataException">There is none with it.</exception>
    private string Place(int file, DataFolders folders)
    {
        string? digest = Facts?.Digests[file];
        string[] places = [.. (Paths[file] == "" ? [] : ImmutableArray.Create(Paths[file])).Concat(folders.Places(digest ?? ""))];
        if (places.Length == 0)
        {
            throw new FileNotFoundException(
                $"{Names[file]}: found no word of where the file of SHA-256 {digest} lies, expected the path of it");
        }

        string[] there = [.. places.Where(File.Exists)];
        if (digest is null || there.Length == 0)
            return places[0];
        string[] found = [.. there.Select(ContentHash.Sha256OfFile)];
        return Array.IndexOf(found, digest) is >= 0 and var one
            ? there[one]
            : throw new InvalidDataException(
                $"{there[0]}: found SHA-256 {found[0]}, expected {digest} as in the plan: the file has changed");
    }

    private static Field<string> Path(int index, string doc) => new(
        Names[index], new TextType("the path of an .npy file"), null, doc, null, arrays => ((Arrays)arrays).Paths[index])
    {
        IsPlace = true,
    };

    /// <summary>A plan has everything already; a spec is completed from the files.</summary>
    private static Arrays Bind(Settings settings)
    {
        ImmutableArray<string> digests = settings.Of(DigestsField);
        ImmutableArray<int> sizes = settings.Of(SizesField);
        Arrays bound = new(
            [.. PathFields.Select(settings.Of)],
            settings.Of(ClassesField),
            settings.Of(ValidationField),
            InputFields.Of(settings),
            digests.Length == 4 && sizes.Length > 2 ? new ArrayFacts(digests, sizes) : null);
        if (bound.Facts is not null && bound.Classes > 0)
            return bound;
        try
        {
            ArrayContent content = ArrayContent.Read(bound.Paths);
            return bound with
            {
                Classes = bound.Classes > 0 ? bound.Classes : Math.Max(2, content.TrainLabels.Max() + 1),
                Facts = new ArrayFacts(
                    content.Digests,
                    [content.TrainLabels.Length, content.TestLabels.Length, .. content.InputShape.Dimensions]),
                Unread = bound.Disagreements(content, digests),
            };
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            string field = Names[Math.Max(0, bound.Paths.ToList().FindIndex(path => failure.Message.StartsWith(path + ":", StringComparison.Ordinal)))];
            return bound with { Unread = [new FieldProblem(field, failure.Message, "an array that can be read")] };
        }
    }

    private ImmutableArray<FieldProblem> Disagreements(ArrayContent content, ImmutableArray<string> digests)
    {
        int classes = Classes > 0 ? Classes : Math.Max(2, content.TrainLabels.Max() + 1);
        ImmutableArray<FieldProblem>.Builder problems = ImmutableArray.CreateBuilder<FieldProblem>();
        if (!digests.IsEmpty && !digests.SequenceEqual(content.Digests))
            problems.Add(new FieldProblem("sha256", "files of other content", $"[{string.Join(", ", content.Digests)}], what the files have"));
        foreach ((int file, ImmutableArray<int> labels) in new[] { (1, content.TrainLabels), (3, content.TestLabels) })
        {
            int at = labels.ToList().FindIndex(label => label >= classes);
            if (at >= 0)
            {
                problems.Add(new FieldProblem(
                    Names[file],
                    string.Create(CultureInfo.InvariantCulture, $"{Paths[file]}: the label {labels[at]} at example {at}"),
                    string.Create(CultureInfo.InvariantCulture, $"labels from 0 to {classes - 1}")));
            }
        }

        return problems.ToImmutable();
    }

    private ImmutableArray<FieldProblem> Problems() =>
    [
        .. Unread,
        .. Facts is { } facts && Validation >= facts.Sizes[0]
            ?
            [
                new FieldProblem(
                    "validation",
                    string.Create(CultureInfo.InvariantCulture, $"{Validation} examples"),
                    string.Create(CultureInfo.InvariantCulture, $"fewer than the {facts.Sizes[0]} that the training arrays have")),
            ]
            : ImmutableArray<FieldProblem>.Empty,
    ];

    private DraftSplit Select(float[] inputs, ImmutableArray<int> labels, IEnumerable<int> chosen)
    {
        ImmutableArray<int> indices = [.. chosen.Order()];
        int width = (int)(inputs.LongLength / labels.Length);
        float[] rows = new float[(long)indices.Length * width];
        for (int example = 0; example < indices.Length; example++)
            inputs.AsSpan(indices[example] * width, width).CopyTo(rows.AsSpan(example * width));
        return new DraftSplit(rows, TargetArrays.OneHot([.. indices.Select(index => labels[index])], Classes), indices);
    }
}

/// <summary>What a user's array files were found to be when the spec was compiled.</summary>
/// <param name="Digests">SHA-256 of the four files.</param>
/// <param name="Sizes">Training and test examples, then the dimensions of one example.</param>
public sealed record ArrayFacts(ImmutableArray<string> Digests, ImmutableArray<int> Sizes);
