using System.Collections.Immutable;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>A run of the paper's network, of which theorems 3.2 and 3.3 speak.</summary>
/// <param name="Facts">The run.</param>
/// <param name="Network">Its constants.</param>
/// <param name="Activation">phi.</param>
/// <param name="IsRandom">Whether W_0 was drawn from N(0, 1).</param>
internal sealed record ShallowCase(TheoremFacts Facts, ShallowNetwork Network, Activation Activation, bool IsRandom)
{
    /// <summary>The case of a run, or why it is none.</summary>
    public static (ShallowCase? Case, string Reason) Of(TheoremFacts facts)
    {
        RunPlan plan = facts.Run.Plan;
        if (plan.Network is not OneHiddenLayer network)
            return (null, "it is about one_hidden_layer networks");
        bool isFixed = network.Train == "first"
            && plan.Trainable.Contains("hidden.weight", ParameterRole.Weight)
            && !plan.Trainable.Contains("output.weight", ParameterRole.Fixed);
        if (!isFixed)
            return (null, "it wants V fixed and all of W trained");
        if (network.Activation is not Activation activation || !double.IsFinite(activation.Bounds.Largest))
            return (null, "it wants an activation with bounded first and second derivatives");
        if (!new TargetArrays(facts.Train.GivenLabels, facts.Train.Given, facts.Classes).AreOneHot)
            return (null, "it wants one-hot targets");
        if (facts.RowDeviation > LargestDeviation)
            return (null, "it wants inputs of norm 1 (unit_norm: true)");
        return (
            new ShallowCase(
                facts,
                new ShallowNetwork(
                    network.Hidden, facts.Classes, network.Nu, activation.Bounds.Largest, facts.InputNorm),
                activation,
                plan.InitialWeights is null && network.Initialization is UnscaledNormal { Deviation: 1 }),
            "");
    }

    /// <summary>Rows are rounded to binary32 after they were divided by their norm.</summary>
    private const double LargestDeviation = 1e-6;

    /// <summary>
    /// What both theorems conclude of W_t - W_0, beside what was measured at the last checkpoint before T.
    /// </summary>
    /// <param name="time">eta T.</param>
    /// <param name="distance">The promised bound of ||W_t - W_0||_F.</param>
    /// <param name="rows">The promised bound of the largest row's norm.</param>
    /// <param name="source">Where it is promised.</param>
    public ImmutableArray<TheoremLine> Distances(double time, Enclosure distance, Enclosure rows, string source)
    {
        SpectralView at = Facts.Checkpoint(time);
        double[] moved = Facts.Moved(at.Checkpoint);
        double longest = moved.Chunk(moved.Length / Network.Hidden).Max(TheoremFacts.Norm);
        return [Line("distance", TheoremFacts.Norm(moved), distance), Line("row_distance", longest, rows)];

        TheoremLine Line(string name, double here, Enclosure promised) => TheoremLine.Conclusion(
            name,
            Enclosure.Exact(here),
            promised,
            at.Epoch,
            isDue: true,
            name == "distance" ? $"||W_t - W_0||_F, {source}" : $"the longest row of W_t - W_0, {source}");
    }
}
