using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What one spectrum is predicted to cost, by the method that the plan names. Shapes decide; nothing is loaded.</summary>
/// <param name="Flops">Floating-point operations, the network's passes over the examples included.</param>
/// <param name="Moved">Bytes that cross the memory bus, at least.</param>
/// <param name="Bytes">Peak memory of the spectrum itself, in bytes.</param>
/// <param name="Kept">Bytes that the stage cache keeps of it.</param>
/// <param name="Seconds">Time.</param>
internal sealed record SpectrumCost(double Flops, double Moved, double Bytes, double Kept, double Seconds)
{
    private const double Number = sizeof(double);

    /// <summary>The most passes over the Jacobian's rows that block Krylov takes to 1e-6, as a rule.</summary>
    private const int KrylovPasses = 6;

    /// <summary>Passes over the examples by the Gram method: the matrix, and the two of its check.</summary>
    private const int GramPasses = 3;

    /// <summary>Bytes that MKL keeps for itself, at most.</summary>
    private const double LapackBuffers = 48e6;

    /// <summary>How often a chunk's activations are in memory: in the graph, as factors, unfolded, and freed but held.</summary>
    private const double GramGraphs = 5;

    /// <summary>The same where rows are formed in small chunks.</summary>
    private const double RowGraphs = 2;

    /// <summary>The spectrum of one checkpoint and split.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Its network.</param>
    /// <param name="split">The split.</param>
    /// <param name="profile">The machine.</param>
    public static SpectrumCost Of(RunPlan plan, NetworkLayout layout, string split, MachineProfile profile)
    {
        int outputs = plan.Dataset.ClassNames.Length, examples = plan.JacobianExamples(split);
        MachineRates rates = profile.Rates;
        double pass = RowFlops(layout, examples, outputs);
        Sizes sizes = new(
            examples,
            (double)examples * outputs,
            layout.ColumnCount(plan),
            layout.SpectrumMethod(plan, split),
            sizeof(double) * layout.Work.Sum(work => work.Elements) * (1.0 + outputs),
            pass,
            (pass / rates.RowFlops) + (rates.RowCallSeconds * RowCalls(layout, examples, outputs)),
            2 * examples * layout.ForwardFlops);
        return sizes.Method.Name switch
        {
            SpectrumMethod.Direct => Direct(sizes, plan, profile),
            SpectrumMethod.Gram => Gram(sizes, plan, layout, profile),
            SpectrumMethod.Tsqr => Tsqr(sizes, layout, profile),
            _ => Krylov(sizes, plan, profile),
        };
    }

    /// <summary>One forward pass in binary64 and K backward ones over examples.</summary>
    public static double RowFlops(NetworkLayout layout, double examples, int outputs) =>
        (1 + (2.0 * outputs)) * examples * layout.ForwardFlops;

    /// <summary>Calls of libtorch for such passes in chunks of rows.</summary>
    public static double RowCalls(NetworkLayout layout, double examples, int outputs) =>
        Math.Ceiling(examples / NetworkRowTiles.ChunkExamples) * layout.Work.Length * (1 + outputs);

    /// <summary>QR of the longer side of J.</summary>
    public static double TallFlops(double rows, double columns) =>
        2 * Math.Max(rows, columns) * Math.Min(rows, columns) * Math.Min(rows, columns);

    /// <summary>SVD of the triangle.</summary>
    public static double SquareFlops(double order) => 22 * order * order * order;

    /// <summary>Both.</summary>
    public static double DirectFlops(double rows, double columns) =>
        TallFlops(rows, columns) + SquareFlops(Math.Min(rows, columns));

    /// <summary>All eigenvalues: the reduction to a band, and the band's, which is slower for each operation.</summary>
    public static double EigenFlops(double order) => (4.0 / 3 * order * order * order) + (2000 * order * order);

    /// <summary>Leading vectors by inverse iteration on a band of half-width 96, and their way back.</summary>
    public static double LeadingFlops(double order, double rank) =>
        rank * order * ((16 * 96 * 96) + (2 * order) + (4 * rank));

    /// <summary>
    /// The SVD's rate at an order: between the two that were measured evenly in the logarithm, beyond them on the same
    /// line, but at most twice the larger one.
    /// </summary>
    public static double SquareRate(double order, MachineProfile profile, int threads)
    {
        double small = profile.Rates.SmallFactorizations.With(threads, profile.Cores);
        double large = profile.Rates.LargeFactorizations.With(threads, profile.Cores);
        return RateAt(order, MachineRates.SmallOrder, small, MachineRates.LargeOrder, large);
    }

    /// <summary>The same of eigenvalues, on all cores.</summary>
    public static double EigenRate(double order, MachineRates rates) => RateAt(
        order,
        MachineRates.SmallEigenOrder,
        rates.SmallEigenFlops,
        MachineRates.LargeEigenOrder,
        rates.LargeEigenFlops);

    /// <summary>Operations of block Krylov over rows that are there: products, and each block against the basis.</summary>
    /// <param name="rows">nK.</param>
    /// <param name="columns">p.</param>
    /// <param name="top">Values that are wanted.</param>
    /// <param name="passes">Passes.</param>
    public static double KrylovFlops(double rows, double columns, int top, int passes)
    {
        KrylovSettings settings = KrylovSettings.For(top, 0);
        double block = Math.Min(settings.BlockSize, columns), most = Math.Min(settings.MaximumBasis, columns), basis = 0;
        for (int pass = 1; pass <= passes; pass++)
            basis += (12 * columns * block * Math.Min(pass * block, most)) + (8 * columns * block * block);
        double images = Math.Min(passes * block, most);
        return (passes * 4 * rows * columns * block) + basis + (16 * rows * images * images);
    }

    /// <summary>
    /// A rate at an order: between the two that were measured evenly in the logarithm, beyond them on the same line, but at
    /// most twice the larger one and at least a quarter of the smaller order's.
    /// </summary>
    public static double RateAt(double order, double smallOrder, double small, double largeOrder, double large)
    {
        double at = Math.Log(Math.Max(1, order) / smallOrder) / Math.Log(largeOrder / smallOrder);
        return Math.Clamp(small + (at * (large - small)), small / 4, 2 * Math.Max(small, large));
    }

    private static SpectrumCost Direct(Sizes sizes, RunPlan plan, MachineProfile profile)
    {
        double rows = sizes.Rows, columns = sizes.Columns, elements = rows * columns, shorter = Math.Min(rows, columns);
        MachineRates rates = profile.Rates;
        double serial = profile.Cores / (double)Math.Min(profile.Cores, plan.Threads);
        double seconds = (serial * ((sizes.OutputFlops / rates.RowFlops) + sizes.PassSeconds))
            + (elements / rates.FormedElements.With(plan.Threads, profile.Cores))
            + (TallFlops(rows, columns) / rates.TallFactorizations.With(plan.Threads, profile.Cores))
            + (SquareFlops(shorter) / SquareRate(shorter, profile, plan.Threads));
        // J, its layers' blocks with and without biases, and the workspace of LAPACK.
        double bytes = (Number * ((3 * elements) + (5 * shorter * shorter))) + (sizes.Activations * sizes.Examples);
        bytes += Math.Min(LapackBuffers, bytes / 3);
        return new SpectrumCost(
            sizes.Method.Flops + sizes.PassFlops + sizes.OutputFlops,
            Number * ((8 * elements) + (8 * shorter * shorter)),
            bytes,
            Number * rows * shorter,
            seconds);
    }

    private static SpectrumCost Gram(Sizes sizes, RunPlan plan, NetworkLayout layout, MachineProfile profile)
    {
        MachineRates rates = profile.Rates;
        double rows = sizes.Rows, outputs = rows / sizes.Examples, rank = plan.Cutoff.RequiredRank ?? 0;
        double matrix = rows * rows * layout.PairCost(plan), eigen = EigenFlops(rows), leading = LeadingFlops(rows, rank);
        // What is kept of each example: a layer's input and its cotangents, or its rows.
        double kept = layout.Differentiated(plan).Sum(parameter => parameter.Slot.Shape.Dimensions is [int width, int fan]
            ? fan + (outputs * width)
            : outputs * parameter.Slot.Shape.Count);
        kept = Math.Min(new GramOptions().FactorBytes, Number * sizes.Examples * kept);
        double chunk = Math.Min(sizes.Examples, Math.Max(64, 240 / outputs));
        return new SpectrumCost(
            matrix + eigen + leading + (GramPasses * sizes.PassFlops) + sizes.OutputFlops,
            Number * ((4 * rows * rows) + (2 * sizes.Columns)),
            (Number * rows * (rows + 1000 + (4 * rank))) + kept + (GramGraphs * profile.Cores * chunk * sizes.Activations),
            Number * rows * (13 + rank),
            (sizes.OutputFlops / rates.RowFlops) + (GramPasses * sizes.PassSeconds)
                + (matrix / rates.GramFlops) + (eigen / EigenRate(rows, rates)) + (leading / rates.LeadingFlops));
    }

    private static SpectrumCost Tsqr(Sizes sizes, NetworkLayout layout, MachineProfile profile)
    {
        int passes = layout.Parameters.Length;
        double rows = sizes.Rows, shorter = Math.Min(rows, sizes.Columns);
        return new SpectrumCost(
            sizes.Method.Flops + (passes * sizes.PassFlops) + sizes.OutputFlops,
            Number * 3 * rows * sizes.Columns,
            sizes.Method.Bytes + (profile.Cores * sizes.Activations * Math.Min(64, sizes.Examples)),
            Number * rows * shorter,
            (sizes.OutputFlops / profile.Rates.RowFlops) + (passes * sizes.PassSeconds)
                + (sizes.Method.Flops / profile.Rates.TallFactorizations.All));
    }

    private static SpectrumCost Krylov(Sizes sizes, RunPlan plan, MachineProfile profile)
    {
        int top = plan.Jacobian.Top ?? 1;
        double flops = KrylovFlops(sizes.Rows, sizes.Columns, top, KrylovPasses);
        return new SpectrumCost(
            flops + (KrylovPasses * sizes.PassFlops) + sizes.OutputFlops,
            Number * KrylovPasses * 3 * sizes.Rows * sizes.Columns,
            KrylovBytes(sizes.Rows, sizes.Columns, top)
                + (RowGraphs * profile.Cores * sizes.Activations * NetworkRowTiles.ChunkExamples),
            Number * sizes.Rows * (top + 11),
            (sizes.OutputFlops / profile.Rates.RowFlops) + (KrylovPasses * sizes.PassSeconds)
                + (flops / profile.Rates.KrylovFlops));
    }

    private static double KrylovBytes(double rows, double columns, int top)
    {
        KrylovSettings settings = KrylovSettings.For(top, 0);
        double block = Math.Min(settings.BlockSize, columns), basis = Math.Min(settings.MaximumBasis, columns);
        double tile = Math.Min(rows, Math.Min(RowTileOperator.TileRowLimit, RowTileOperator.TileBytes / Number / columns));
        // The last term: the left images as an array, as tensors, and their SVD.
        return Number * (((basis + block) * columns) + (6 * basis * basis) + (tile * (columns + block))
            + (9 * basis * rows));
    }

    /// <summary>What the methods' costs are made of.</summary>
    /// <param name="Examples">n with rows.</param>
    /// <param name="Rows">nK.</param>
    /// <param name="Columns">p.</param>
    /// <param name="Method">The method.</param>
    /// <param name="Activations">Bytes of one example's activations and their K cotangents.</param>
    /// <param name="PassFlops">One forward pass and K backward ones over all examples.</param>
    /// <param name="PassSeconds">Their time on all cores.</param>
    /// <param name="OutputFlops">The outputs at the checkpoint and at the start.</param>
    private sealed record Sizes(
        int Examples,
        double Rows,
        double Columns,
        SpectrumMethod Method,
        double Activations,
        double PassFlops,
        double PassSeconds,
        double OutputFlops);
}
