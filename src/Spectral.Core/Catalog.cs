using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core;

/// <summary>The only registration list: what a spec can say. A new component is its own file and one line here.</summary>
public static class Catalog
{
    /// <summary>Every family with its members.</summary>
    public static ComponentCatalog Components { get; } = new(
    [
        new ComponentFamily("dataset", typeof(Dataset), "where examples and their clean labels come from", []),
        new ComponentFamily("noise", typeof(LabelNoise), "how training labels are corrupted", []),
        new ComponentFamily("network", typeof(Network), "the network that is trained and differentiated", []),
        new ComponentFamily("layer", typeof(Layer), "one step of a network", []),
        new ComponentFamily("initialization", typeof(Initialization), "the distribution of initial weights", []),
        new ComponentFamily("loss", typeof(Loss), "what training makes small", []),
        new ComponentFamily("optimizer", typeof(Optimizer), "the rule that changes the weights", []),
        new ComponentFamily("cutoff", typeof(Cutoff), "where the spectrum is split", []),
        new ComponentFamily("analysis", typeof(Analysis), "what is measured", []),
    ]);
}
