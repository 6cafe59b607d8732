using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>The terms of one layer, chosen by the operations they need, with the reason.</summary>
/// <param name="Terms">In the order in which they are added.</param>
/// <param name="Method">The method that the layer's plan names.</param>
/// <param name="Reason">Why, as one sentence.</param>
internal sealed record GramTerms(ImmutableArray<GramTerm> Terms, string Method, string Reason)
{
    /// <summary>Columns that are formed at once, about: parts of this size can be held one after the other.</summary>
    private const long PanelColumns = 1 << 14;

    /// <summary>The terms for a layer.</summary>
    /// <param name="layer">The layer's place in the source.</param>
    /// <param name="block">Its factors for any number of examples; only shapes are read.</param>
    /// <param name="rows">nK, over which the forming of columns is spread.</param>
    /// <param name="method">The method for convolutions.</param>
    public static GramTerms For(int layer, FactorBlock block, long rows, ConvGramMethod method)
    {
        int outputs = checked((int)block.Outputs);
        return block switch
        {
            DenseFactorBlock dense => Hadamard(
                new HadamardTerm(layer, outputs, Int(dense.Fan), Int(dense.Channels), dense.Bias), "a dense layer"),
            ConvFactorBlock { Places: 1, Window.Groups: 1 } conv when method == ConvGramMethod.Cheapest => Hadamard(
                new HadamardTerm(layer, outputs, Int(conv.Fan), Int(conv.Channels), conv.Bias),
                "a window with one place"),
            ConvFactorBlock conv => OfConvolution(layer, conv, rows, method),
            _ => new GramTerms(
                [new DirectTerm(layer, outputs, block.Columns, block.Columns, null)],
                "direct",
                "the layer's columns are few, or have no structure of their own"),
        };
    }

    private static GramTerms Hadamard(HadamardTerm term, string what) => new(
        [term], term.Method, $"{what}: inputs' products times cotangents' products, never the columns");

    private static GramTerms OfConvolution(int layer, ConvFactorBlock conv, long rows, ConvGramMethod method)
    {
        ImmutableArray<GramTerm> direct = Direct(layer, conv), patch = Patch(layer, conv), mixed = Mixed(layer, conv);
        (ConvGramMethod Method, ImmutableArray<GramTerm> Terms, double Cost)[] ways =
        [
            (ConvGramMethod.Direct, direct, PairCost(direct, rows)),
            (ConvGramMethod.Patch, patch, PairCost(patch, rows)),
            (ConvGramMethod.Mixed, mixed, PairCost(mixed, rows)),
        ];
        var chosen = method == ConvGramMethod.Cheapest
            ? ways.MinBy(way => way.Cost)
            : ways.Single(way => way.Method == method);
        string costs = string.Join(", ", ways.Select(way =>
            FormattableString.Invariant($"{way.Method.ToString().ToLowerInvariant()} {way.Cost:F0}")));
        string why = method == ConvGramMethod.Cheapest ? "the fewest" : "as asked; of";
        return new GramTerms(
            chosen.Terms,
            chosen.Method.ToString().ToLowerInvariant(),
            $"{why} multiplications a pair of rows: {costs}");
    }

    /// <summary>Multiplications for a pair of rows, the forming of what is kept spread over the pairs.</summary>
    private static double PairCost(ImmutableArray<GramTerm> terms, long rows) =>
        terms.Sum(term => term.PairCost + (2 * term.ExampleCost / term.Outputs / rows));

    private static ImmutableArray<GramTerm> Direct(int layer, ConvFactorBlock conv)
    {
        int groups = conv.Window.Groups, channels = Int(conv.Channels) / groups;
        long fan = conv.Fan + (conv.Bias ? 1 : 0);
        int together = (int)Math.Clamp(PanelColumns / (groups * fan), 1, channels);
        return
        [
            .. Enumerable.Range(0, (channels + together - 1) / together).Select(index =>
            {
                ConvPanel panel = new(index * together, Math.Min(together, channels - (index * together)));
                return (GramTerm)new DirectTerm(
                    layer,
                    Int(conv.Outputs),
                    groups * panel.Count * fan,
                    (double)conv.Outputs * conv.Places * groups * panel.Count * fan,
                    panel);
            }),
        ];
    }

    private static ImmutableArray<GramTerm> Patch(int layer, ConvFactorBlock conv) =>
    [
        .. Enumerable.Range(0, conv.Window.Groups).Select(group => new PatchTerm(
            layer,
            Int(conv.Outputs),
            group,
            Int(conv.Fan),
            Int(conv.Channels) / conv.Window.Groups,
            Int(conv.Places),
            conv.Bias)),
    ];

    private static ImmutableArray<GramTerm> Mixed(int layer, ConvFactorBlock conv)
    {
        IEnumerable<GramTerm> weight = Enumerable.Range(0, conv.Window.Groups).Select(group => new MixedTerm(
            layer, Int(conv.Outputs), group, Int(conv.Fan), Int(conv.Channels) / conv.Window.Groups, Int(conv.Places)));
        return conv.Bias
            ? [.. weight, new BiasTerm(layer, Int(conv.Outputs), Int(conv.Channels), Int(conv.Places))]
            : [.. weight];
    }

    private static int Int(long extent) => checked((int)extent);
}
