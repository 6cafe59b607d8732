using BenchmarkDotNet.Attributes;
using Spectral.Core.Numerics;

namespace Spectral.Kernels;

/// <summary>
/// What full spectra spend their time in: the streamed QR of blocks of columns, the reduction to a band and of the
/// band. Each kernel destroys what it works on, and begins with a copy of that.
/// </summary>
public unsafe class EigenKernels
{
    private const int Order = 768, Width = 96, Vectors = 16, Block = 512;

    private readonly AlignedMatrix _symmetric = Normals.Symmetric(Order), _work = new(Order, Order);
    private readonly AlignedMatrix _columns = Normals.Matrix(Order, Block), _block = new(Order, Block);
    private readonly AlignedMatrix _carried = new(Order + (3 * Width) + 1, Vectors);
    private readonly StreamedTriangle _triangle = new(Order);
    private readonly SymmetricBand _band = new(Order, Width);
    private readonly WorkerTeam _team = new(1);

    /// <summary>Fills the band.</summary>
    [GlobalSetup]
    public void Setup()
    {
        OneThread.Use();
        for (int j = 0; j < Order; j++)
        {
            for (int i = j; i <= Math.Min(Order - 1, j + Width); i++)
                _band.Column(j)[i - j] = _symmetric[i, j];
        }
    }

    /// <summary>512 columns folded into a triangle of order 768: 24 panels of 32 rows.</summary>
    [Benchmark]
    [Flops(2.0 * Block * Order * Order)]
    public void TsqrPanels()
    {
        Normals.Copy(_columns, _block);
        _triangle.Add(_block, _team, CancellationToken.None);
    }

    /// <summary>Order 768 to half-bandwidth 96: seven panels.</summary>
    [Benchmark]
    [Flops(4.0 / 3 * Order * Order * Order)]
    public void BandReductionPanels()
    {
        Normals.Copy(_symmetric, _work);
        SymmetricTiles tiles = new(LowerTriangle.Of(_work.Pointer, Order, Order));
        using BandReduction reduction = new(tiles, Width, Vectors);
        _team.RunTogether(worker => reduction.Run(_team, worker, _carried.Pointer, Vectors, _ => { }));
    }

    /// <summary>Half-bandwidth 96 to 1 at order 768: 766 sweeps, with 16 vectors carried along.</summary>
    [Benchmark]
    [Flops((6.0 * Width * Order * Order) + (4.0 * Order * Order * Vectors / 2))]
    public void BulgeChase()
    {
        using SymmetricBand band = _band.Copy();
        using BulgeChase chase = new(band, _carried);
        _team.RunTogether(worker => chase.Run(_team, worker, (_, _) => { }));
    }
}
