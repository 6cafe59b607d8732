using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What one spectrum on a device is predicted to cost. Shapes decide; nothing is loaded.</summary>
/// <param name="DeviceBytes">Peak of the device's memory beside data and weights, in bytes.</param>
/// <param name="HostBytes">Peak of the process' own memory of the spectrum itself, in bytes.</param>
/// <param name="Seconds">Time.</param>
internal sealed record DeviceSpectrumCost(double DeviceBytes, double HostBytes, double Seconds)
{
    private const double Number = sizeof(double);

    /// <summary>Passes over the examples by the Gram method: the matrix, and the two of its check.</summary>
    private const double GramPasses = 3;

    /// <summary>Passes that block Krylov takes to 1e-6 as a rule, the first one included.</summary>
    private const int KrylovPasses = 8;

    /// <summary>Bytes that an entrywise product of two layers' parts moves for each entry of G: written, multiplied, added.</summary>
    private const double HadamardBytes = 7 * Number;

    /// <summary>Matrices of G's size while it is decomposed: G itself, its eigenvectors, and the solver's own two.</summary>
    private const double EigenCopies = 4;

    /// <summary>Calls of libtorch for a layer's part of a tile of G.</summary>
    private const double TileCalls = 6;

    /// <summary>The spectrum of one checkpoint and split, computed on the device.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Its network.</param>
    /// <param name="split">The split.</param>
    /// <param name="device">The device.</param>
    public static DeviceSpectrumCost Of(RunPlan plan, NetworkLayout layout, string split, DeviceProfile device)
    {
        double examples = plan.JacobianExamples(split), outputs = plan.Dataset.ClassNames.Length;
        Sizes sizes = new(
            plan,
            layout,
            device.Rates,
            examples,
            outputs,
            examples * outputs,
            layout.ColumnCount(plan),
            DeviceShares.Of(plan, layout, examples, device.Bytes));
        // The outputs at the checkpoint and at the start.
        double seconds = 2 * DeviceRowCost.OutputSeconds(
            layout, examples, Evaluation.ChunkOf(layout, isCpu: false), device.Rates);
        DeviceSpectrumCost cost = plan.Jacobian.Method switch
        {
            SpectrumMethod.Gram => Gram(sizes),
            SpectrumMethod.Krylov => Krylov(sizes),
            _ => Direct(sizes),
        };
        return cost with { Seconds = cost.Seconds + seconds };
    }

    /// <summary>All eigenvalues and eigenvectors of a symmetric matrix.</summary>
    public static double EigenFlops(double order) => 9 * order * order * order;

    /// <summary>
    /// Seconds of block Krylov's work on vectors of the length of J's sides over rows that are there: the random start, the
    /// products with J, each block against the basis and its QR, and that of the left images.
    /// </summary>
    /// <param name="rows">nK.</param>
    /// <param name="columns">p.</param>
    /// <param name="top">Values that are wanted.</param>
    /// <param name="passes">Passes.</param>
    /// <param name="rates">The device's rates.</param>
    public static double KrylovProductSeconds(double rows, double columns, int top, int passes, DeviceRates rates)
    {
        KrylovSettings settings = KrylovSettings.For(top, 0);
        double block = Math.Min(settings.BlockSize, columns), most = Math.Min(settings.MaximumBasis, columns);
        double against = 0;
        for (int pass = 1; pass <= passes; pass++)
            against += 12 * columns * block * Math.Min(pass * block, most);
        double orthogonal = (passes * 2 * SpectrumCost.TallFlops(columns, block))
            + SpectrumCost.TallFlops(rows, Math.Min(passes * block, most));
        return (block * columns / rates.DrawnNumbers)
            + (((passes * 4 * rows * columns * block) + against) / rates.Float64ProductFlops)
            + (orthogonal / rates.TallFactorizationFlops);
    }

    private static DeviceSpectrumCost Gram(Sizes sizes)
    {
        DeviceRates rates = sizes.Rates;
        Precision precision = sizes.Plan.Jacobian.Precision;
        double rows = sizes.Rows, element = DeviceRowCost.Element(precision), kept = 0, pair = 0, dense = 0;
        foreach (NamedParameter parameter in sizes.Layout.Differentiated(sizes.Plan))
        {
            double count = parameter.Slot.Shape.Count;
            if (parameter.Slot.Shape.Dimensions is [int channels, int fan])
            {
                dense++;
                pair += (2.0 * channels) + (2.0 * fan / sizes.Outputs / sizes.Outputs);
                kept += fan + (sizes.Outputs * channels);
            }
            else
            {
                // A dense layer's offsets are in its inputs' products.
                bool isOffset = parameter.Name.EndsWith(".bias", StringComparison.Ordinal) && !sizes.IsConvolutional;
                pair += isOffset ? 0 : 2 * count;
                kept += isOffset ? 0 : sizes.Outputs * count;
            }
        }

        DeviceTiling shares = sizes.Shares;
        double factors = element * sizes.Examples * kept, half = rows * rows / 2;
        double passes = Math.Max(1, Math.Ceiling(factors / shares.KeptBytes));
        double extra = 1 + Math.Min(1, shares.TileExamples / sizes.Examples);
        double calls = Math.Ceiling(sizes.Examples / shares.TileExamples) * sizes.Layout.Parameters.Length * TileCalls;
        double forming = (GramPasses - 1 + passes) * sizes.PassSeconds;
        double matrix = Math.Max(
            calls * rates.RowCallSeconds,
            (half * extra * pair / DeviceRowCost.ProductFlops(precision, rates))
                + (half * extra * dense * HadamardBytes / rates.CopyBytes));
        double rank = sizes.Plan.Cutoff.RequiredRank ?? 0, matrixBytes = DeviceTiling.MatrixBytes(rows);
        return new DeviceSpectrumCost(
            Math.Max(
                matrixBytes + Math.Min(factors, shares.KeptBytes) + shares.ChunkBytes + shares.TileBytes,
                EigenCopies * matrixBytes),
            Number * rows * (40 + (3 * rank)),
            forming + sizes.ExplicitSeconds + matrix + (EigenFlops(rows) / EigenRate(rows, rates))
                + (Number * rows * rank / rates.TransferBytes));
    }

    private static DeviceSpectrumCost Krylov(Sizes sizes)
    {
        DeviceRates rates = sizes.Rates;
        int top = sizes.Plan.Jacobian.Top ?? 1;
        double rows = sizes.Rows, columns = sizes.Columns;
        double bytes = DeviceRowCost.Element(sizes.Plan.Jacobian.Precision) * rows * columns;
        KrylovSettings settings = KrylovSettings.For(top, 0);
        double block = Math.Min(settings.BlockSize, columns), most = Math.Min(settings.MaximumBasis, columns);
        double vectors = DeviceKrylovVectors.Bytes(settings, columns, rows);
        double kept = Math.Clamp(sizes.Shares.KeptBytes - vectors, 0, bytes);
        // Rows that found no room are formed anew in every pass.
        double formed = 1 + ((KrylovPasses - 1) * (1 - (kept / bytes)));
        double small = rates.KrylovSeconds * (block / rates.KrylovBlock) * (block / rates.KrylovBlock);
        return new DeviceSpectrumCost(
            vectors + kept + Math.Min(2 * sizes.Shares.RowBytes, 2 * Number * rows * columns) + sizes.Shares.ChunkBytes,
            Number * ((6 * most * most) + (3 * rows * Math.Min(KrylovPasses * block, most)) + columns),
            (formed * (sizes.PassSeconds + sizes.ExplicitSeconds))
                + KrylovProductSeconds(rows, columns, top, KrylovPasses, rates)
                + (KrylovPasses * small));
    }

    private static DeviceSpectrumCost Direct(Sizes sizes)
    {
        DeviceRates rates = sizes.Rates;
        double rows = sizes.Rows, columns = sizes.Columns, elements = rows * columns, shorter = Math.Min(rows, columns);
        double activations = Number * sizes.Layout.Work.Sum(work => work.Elements) * (1 + sizes.Outputs) * sizes.Examples;
        double square = SpectrumCost.RateAt(
            shorter,
            rates.SmallFactorizationOrder,
            rates.SmallFactorizationFlops,
            rates.LargeFactorizationOrder,
            rates.LargeFactorizationFlops);
        return new DeviceSpectrumCost(
            (Number * ((3 * elements) + (5 * shorter * shorter))) + activations,
            Number * rows * (40 + (2 * (sizes.Plan.Cutoff.RequiredRank ?? 0))),
            sizes.PassSeconds + sizes.ExplicitSeconds
                + (SpectrumCost.TallFlops(rows, columns) / rates.TallFactorizationFlops)
                + (SpectrumCost.SquareFlops(shorter) / square));
    }

    private static double EigenRate(double order, DeviceRates rates) => SpectrumCost.RateAt(
        order, rates.SmallEigenOrder, rates.SmallEigenFlops, rates.LargeEigenOrder, rates.LargeEigenFlops);

    /// <summary>What the methods' costs are made of.</summary>
    /// <param name="Plan">The plan.</param>
    /// <param name="Layout">Its network.</param>
    /// <param name="Rates">The device's rates.</param>
    /// <param name="Examples">n with rows.</param>
    /// <param name="Outputs">K.</param>
    /// <param name="Rows">nK.</param>
    /// <param name="Columns">p.</param>
    /// <param name="Shares">How much at once.</param>
    private sealed record Sizes(
        RunPlan Plan,
        NetworkLayout Layout,
        DeviceRates Rates,
        double Examples,
        double Outputs,
        double Rows,
        double Columns,
        DeviceTiling Shares)
    {
        /// <summary>Whether columns of convolutions are formed.</summary>
        public bool IsConvolutional => Layout.Work.Any(work => work.Kind == WorkKind.Convolution);

        /// <summary>Seconds of one forward pass and K backward ones over all examples; at once where J is formed whole.</summary>
        public double PassSeconds => DeviceRowCost.Seconds(
            Layout,
            Examples,
            Plan.Jacobian.Method == SpectrumMethod.Direct ? Examples : Shares.ChunkExamples,
            Outputs,
            Plan.Jacobian.Precision,
            Rates);

        /// <summary>
        /// Seconds in which factors become columns: a product with a convolution's windows for each output, and all that is
        /// written. The Gram method leaves dense layers as factors.
        /// </summary>
        public double ExplicitSeconds
        {
            get
            {
                double products = Outputs * Examples
                    * Layout.Work.Where(work => work.Kind == WorkKind.Convolution).Sum(work => work.Flops);
                double written = Plan.Jacobian.Method == SpectrumMethod.Gram && !IsConvolutional ? 0 : Rows * Columns;
                double element = DeviceRowCost.Element(Plan.Jacobian.Precision);
                return (products / DeviceRowCost.ConvolutionFlops(Plan.Jacobian.Precision, Rates))
                    + (DeviceRowCost.Traffic * element * written / Rates.CopyBytes);
            }
        }
    }
}
