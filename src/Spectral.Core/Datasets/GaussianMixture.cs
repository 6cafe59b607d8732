using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>
/// A mixture of K classes with C clusters each: x = mu + (sigma / sqrt(d)) z with z standard normal and mu one of KC
/// centres on the unit sphere; the target is the one-hot class. Every split is a fresh draw from the same centres.
/// </summary>
/// <param name="Classes">K.</param>
/// <param name="Clusters">C, clusters of each class.</param>
/// <param name="Dimension">d, inputs of an example.</param>
/// <param name="Sigma">The expected distance of an example from its centre, about.</param>
/// <param name="Separation">The least distance of any two centres, in [0, 2].</param>
/// <param name="Balanced">Whether clusters take turns, so that all are equally large; else each example's is drawn.</param>
/// <param name="Train">Training examples.</param>
/// <param name="Test">Test examples.</param>
/// <param name="Validation">Validation examples.</param>
/// <param name="Preprocessing">What is done to the inputs.</param>
public sealed record GaussianMixture(
    int Classes,
    int Clusters,
    int Dimension,
    double Sigma,
    double Separation,
    bool Balanced,
    int Train,
    int Test,
    int Validation,
    Preprocessing Preprocessing) : Dataset
{
    private static readonly Field<int> ClassesField = Field.Integer(
        "classes", (GaussianMixture mixture) => mixture.Classes, "K, the number of classes.", minimum: 2, maximum: 10_000);

    private static readonly Field<int> ClustersField = Field.Integer(
        "clusters", (GaussianMixture mixture) => mixture.Clusters, "C, the clusters of each class.", minimum: 1, maximum: 10_000, preset: 1);

    private static readonly Field<int> DimensionField = Field.Integer(
        "dimension", (GaussianMixture mixture) => mixture.Dimension, "d, the inputs of an example.", minimum: 1, maximum: 1_000_000);

    private static readonly Field<double> SigmaField = Field.Real(
        "sigma",
        (GaussianMixture mixture) => mixture.Sigma,
        "The noise of the inputs: each has the standard deviation sigma / sqrt(d); 0 gives the centres themselves.",
        Interval.NotNegative);

    private static readonly Field<double> SeparationField = Field.Real(
        "separation",
        (GaussianMixture mixture) => mixture.Separation,
        "The least distance of any two centres, which have norm 1.",
        Interval.Closed(0, 2),
        preset: 0);

    private static readonly Field<bool> BalancedField = Field.Flag(
        "balanced",
        (GaussianMixture mixture) => mixture.Balanced,
        "Let the clusters take turns; false draws each example's cluster, as the definition does.",
        preset: false);

    private static readonly Field<int> TrainField = Field.Integer(
        "train", (GaussianMixture mixture) => mixture.Train, "Training examples n.", minimum: 1, unit: "examples");

    private static readonly Field<int> TestField = Field.Integer(
        "test", (GaussianMixture mixture) => mixture.Test, "Test examples.", minimum: 1, unit: "examples");

    private static readonly Field<int> ValidationField = Field.Integer(
        "validation", (GaussianMixture mixture) => mixture.Validation, "Validation examples.", minimum: 0, preset: 0, unit: "examples");

    private static readonly PreprocessingFields<GaussianMixture> InputFields = new(mixture => mixture.Preprocessing);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, GaussianMixture>(
        kind: "gaussian_mixture",
        summary: "K classes of C Gaussian clusters each around unit-norm centres; drawn, not read.",
        source: "arXiv:1906.05392v2, definition 3.4 and figure 4",
        example: "{gaussian_mixture: {classes: 3, clusters: 10, dimension: 20, sigma: 0.1, separation: 0.5, train: 300, test: 300}}",
        fields:
        [
            ClassesField, ClustersField, DimensionField, SigmaField, SeparationField, BalancedField,
            TrainField, TestField, ValidationField, .. InputFields.All,
        ],
        bind: settings => new GaussianMixture(
            settings.Of(ClassesField),
            settings.Of(ClustersField),
            settings.Of(DimensionField),
            settings.Of(SigmaField),
            settings.Of(SeparationField),
            settings.Of(BalancedField),
            settings.Of(TrainField),
            settings.Of(TestField),
            settings.Of(ValidationField),
            InputFields.Of(settings)),
        check: mixture => mixture.Problems());

    /// <inheritdoc/>
    public override Shape InputShape => new(Dimension);

    /// <inheritdoc/>
    public override ImmutableArray<string> ClassNames =>
        [.. Enumerable.Range(0, Classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    public override bool HasClasses => true;

    /// <inheritdoc/>
    public override int TrainCount => Train;

    /// <inheritdoc/>
    public override int ValidationCount => Validation;

    /// <inheritdoc/>
    public override int TestCount => Test;

    /// <inheritdoc/>
    public override DatasetArrays Load(DataFolders folders, ulong seed)
    {
        double[][] centres = UnitCentres.Draw(Classes * Clusters, Dimension, Separation, seed);
        return Preprocessing.Seal(
            InputShape,
            Draw(centres, Train, seed, "train"),
            Draw(centres, Validation, seed, "validation"),
            Draw(centres, Test, seed, "test"),
            ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>Each example has streams of its own, so a longer split begins with a shorter one.</summary>
    private DraftSplit Draw(double[][] centres, int count, ulong seed, string split)
    {
        double scale = Sigma / Math.Sqrt(Dimension);
        float[] inputs = new float[(long)count * Dimension];
        int[] labels = new int[count];
        double[] noise = new double[Dimension];
        for (int example = 0; example < count; example++)
        {
            RandomStream stream = new(seed, "data/mixture/" + split, (ulong)example);
            int drawn = stream.NextIndex(centres.Length);
            int cluster = Balanced ? example % centres.Length : drawn;
            stream.FillNormal(noise);
            for (int index = 0; index < Dimension; index++)
                inputs[(example * Dimension) + index] = (float)(centres[cluster][index] + (scale * noise[index]));
            labels[example] = cluster % Classes;
        }

        return new DraftSplit(inputs, TargetArrays.OneHot([.. labels], Classes), [.. Enumerable.Range(0, count)]);
    }

    private ImmutableArray<FieldProblem> Problems()
    {
        long centres = (long)Classes * Clusters;
        if (centres > 100_000)
            return [new FieldProblem("clusters", $"{centres} clusters in all classes", "no more than 100000")];
        // On a line there are two unit vectors; beyond sqrt(2) there is room for a simplex of d + 1 points at most.
        bool noRoom = (Dimension == 1 && Separation > 0 && centres > 2)
            || (Separation * Separation > 2 && centres > (long)Dimension + 1);
        return noRoom
            ?
            [
                new FieldProblem(
                    "separation",
                    string.Create(CultureInfo.InvariantCulture, $"{Separation} for {centres} centres in dimension {Dimension}"),
                    "a distance at which so many unit vectors exist"),
            ]
            : SplitSize.Problems(Dimension, ("train", Train), ("test", Test), ("validation", Validation));
    }
}
