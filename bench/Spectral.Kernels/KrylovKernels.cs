using BenchmarkDotNet.Attributes;
using Spectral.Core.Numerics;

namespace Spectral.Kernels;

/// <summary>Orthogonalisation in block Krylov: a block of 64 vectors of 20,000 against a basis of 256.</summary>
public unsafe class KrylovKernels
{
    private const int Length = 20_000, Basis = 256, Block = 64;

    private readonly AlignedMatrix _basis = Normals.Matrix(Basis, Length);
    private readonly AlignedMatrix _images = Normals.Matrix(Block, Length), _block = new(Block, Length);
    private readonly WorkerTeam _team = new(1);

    /// <summary>Makes the basis orthonormal.</summary>
    [GlobalSetup]
    public void Setup()
    {
        OneThread.Use();
        HouseholderQr.Factor(_basis.Pointer, Basis, Length);
    }

    /// <summary>Ends the team's thread.</summary>
    [GlobalCleanup]
    public void Cleanup() => _team.Dispose();

    /// <summary>The basis' part taken out, twice.</summary>
    [Benchmark]
    [Flops(2 * 4.0 * Length * Basis * Block)]
    public void AgainstTheBasis()
    {
        Normals.Copy(_images, _block);
        _ = Orthogonalization.Against(_basis.Pointer, Basis, _block.Pointer, Block, Length, _team);
    }

    /// <summary>The block's own QR.</summary>
    [Benchmark]
    [Flops(4.0 * Length * Block * Block)]
    public void OwnQr()
    {
        Normals.Copy(_images, _block);
        _ = HouseholderQr.Factor(_block.Pointer, Block, Length);
    }
}
