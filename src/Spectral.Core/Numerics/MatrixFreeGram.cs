using System.Globalization;

namespace Spectral.Core.Numerics;

/// <summary>G = J J^T as an operator by the cheaper of two roads, and why.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Reason">What the roads were predicted to cost, as one sentence.</param>
public sealed record MatrixFreeGram(SymmetricOperator Operator, string Reason) : IDisposable
{
    /// <summary>
    /// The most bytes of J, or of its factors, that are kept between products; a constant, for bits depend on the road.
    /// </summary>
    public const double KeptBytes = 2.0 * (1L << 30);

    /// <summary>
    /// Flops in the time of reading a byte again: a product with few vectors waits for memory. Measured, about.
    /// </summary>
    private const double FlopsPerByte = 1;

    /// <summary>Flops in the time of writing an entry of J from its factors. Measured: 32 to 105.</summary>
    private const double FlopsPerEntry = 64;

    /// <summary>
    /// The road that takes fewer operations in <paramref name="products"/> products with <paramref name="count"/>
    /// vectors: explicit rows where forming them pays (few parameters that each see many places, such as convolutions),
    /// else the layers' factors. By shapes alone.
    /// </summary>
    /// <param name="source">J by layers.</param>
    /// <param name="tiles">The same J by rows.</param>
    /// <param name="count">Vectors in one product.</param>
    /// <param name="products">How many products, 1 or more.</param>
    /// <exception cref="ArgumentException">The two are not of the same size.</exception>
    public static MatrixFreeGram For(JacobianSource source, RowTiles tiles, int count, int products)
    {
        if (source.Rows != tiles.Rows || source.Shapes.Sum(block => block.Columns) != tiles.Columns)
            throw new ArgumentException("the factors and the rows are those of different Jacobians", nameof(tiles));
        bool keepsRows = RowTileGram.Keeps(tiles, KeptBytes), keepsFactors = KeptSource.Bytes(source) <= KeptBytes;
        double size = (double)tiles.Rows * tiles.Columns, factorBytes = KeptSource.Bytes(source);
        double forward = tiles.FormingFlops / (1 + (2.0 * source.Outputs));
        double rowForming = tiles.FormingFlops + (FlopsPerEntry * size);
        double rows = (rowForming * (keepsRows ? 1 : 2.0 * products))
            + (products * size * ((4 * count) + (16 * FlopsPerByte)));
        // A product's two halves: a forward pass each, and the outputs' cotangents met once each.
        double factors = (tiles.FormingFlops * (keepsFactors ? 1 : 2.0 * products))
            + (products * ((((2 * forward) + (factorBytes / 2)) * count) + (2 * FlopsPerByte * factorBytes)));
        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:0.0e0} flops from rows{Again(keepsRows)}, {factors:0.0e0} from factors{Again(keepsFactors)}");
        return rows <= factors
            ? new MatrixFreeGram(new RowTileGram(tiles, KeptBytes), reason)
            : new MatrixFreeGram(new FactorGram(source, forward, KeptBytes), reason);
    }

    private static string Again(bool isKept) => isKept ? "" : " formed anew in every product";

    /// <inheritdoc/>
    public void Dispose() => (Operator as IDisposable)?.Dispose();
}
