using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>What is done to inputs after reading: first standardisation, then rows of unit norm.</summary>
/// <param name="Standardize">
/// <c>none</c>, <c>per_pixel</c> (each input by itself) or <c>per_channel</c> (all inputs of one index of the first axis
/// together): (x - mean) / standard deviation of the chosen training examples, for every split.
/// </param>
/// <param name="UnitNorm">Whether every example is then divided by its Euclidean norm; a zero example stays zero.</param>
public sealed record Preprocessing(string Standardize, bool UnitNorm)
{
    /// <summary>Inputs stay as they were read.</summary>
    public static Preprocessing None { get; } = new("none", false);

    /// <summary>Preprocesses every split and closes it.</summary>
    internal DatasetArrays Seal(
        Shape shape,
        DraftSplit train,
        DraftSplit validation,
        DraftSplit test,
        ImmutableSortedDictionary<string, string> sources)
    {
        DraftSplit[] splits = [train, validation, test];
        if (Standardize != "none")
        {
            int group = Standardize == "per_channel" ? (int)(shape.Count / shape.Dimensions[0]) : 1;
            Standardization standardization = Standardization.Of(train.Inputs, (int)shape.Count, group);
            foreach (DraftSplit split in splits)
                standardization.Apply(split.Inputs);
        }

        if (UnitNorm)
        {
            foreach (DraftSplit split in splits)
                UnitRows.Apply(split.Inputs, (int)shape.Count);
        }

        return new DatasetArrays(train.Seal(), validation.Seal(), test.Seal(), sources);
    }
}

/// <summary>The settings of <see cref="Preprocessing"/> in a component of type <typeparamref name="TOwner"/>.</summary>
/// <param name="read">Takes the preprocessing out of the component.</param>
internal sealed class PreprocessingFields<TOwner>(Func<TOwner, Preprocessing> read)
{
    private readonly Field<string> _standardize = Field.Choice(
        "standardize",
        (TOwner owner) => read(owner).Standardize,
        "(x - mean) / standard deviation of the chosen training examples, for all splits; a constant input becomes 0.",
        ["none", "per_pixel", "per_channel"],
        preset: "none");

    private readonly Field<bool> _unitNorm = Field.Flag(
        "unit_norm",
        (TOwner owner) => read(owner).UnitNorm,
        "Divide every example by its Euclidean norm, after standardisation; the theory's inputs.",
        preset: false);

    /// <summary>The fields, in the order in which documentation lists them.</summary>
    public ImmutableArray<Field> All => [_standardize, _unitNorm];

    /// <summary>The preprocessing that the settings ask for.</summary>
    public Preprocessing Of(Settings settings) => new(settings.Of(_standardize), settings.Of(_unitNorm));
}
