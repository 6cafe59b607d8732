namespace Spectral.Core.Plans;

/// <summary>A parameter or buffer that a layer needs.</summary>
/// <param name="Name">Its name in the layer, as PyTorch's state dict has it: <c>weight</c>, <c>bias</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initialization">The distribution of its initial values.</param>
/// <param name="FanIn">Inputs that one output sees.</param>
/// <param name="FanOut">Outputs that one input reaches.</param>
/// <param name="Role">What training and the Jacobian do with it.</param>
public sealed record ParameterSlot(
    string Name, Shape Shape, Initialization Initialization, int FanIn, int FanOut, ParameterRole Role = ParameterRole.Weight)
{
    /// <summary>
    /// Multiplications for a pair of rows of the Gram matrix, at most: a matrix [C, F] of a dense layer costs F / K^2 + C,
    /// since the inputs' products serve K^2 pairs; anything else its elements.
    /// </summary>
    /// <param name="outputs">K.</param>
    public double PairCost(int outputs) => Shape.Dimensions is [int channels, int fan]
        ? channels + (fan / ((double)outputs * outputs))
        : Shape.Dimensions.Aggregate(1.0, (product, extent) => product * extent);
}

/// <summary>What training and the Jacobian do with a parameter.</summary>
public enum ParameterRole
{
    /// <summary>Trained, and a column of the Jacobian for each element, unless a spec selects otherwise.</summary>
    Weight,

    /// <summary>Kept as it was drawn, and no column, unless a spec selects it by name.</summary>
    Fixed,

    /// <summary>Never trained by gradients and never a column: the running statistics of a normalisation.</summary>
    Buffer,
}
