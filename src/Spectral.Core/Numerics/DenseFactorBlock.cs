using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a dense layer: row (i, c) of the weight's columns is the outer product g_ic a_i^T, of the bias' g_ic.
/// </summary>
/// <param name="Input">a [n, F], what the layer saw.</param>
/// <param name="Cotangents">g [n, K, C], the outputs' derivatives by the layer's output.</param>
/// <param name="Bias">Whether the layer has a bias.</param>
public sealed record DenseFactorBlock(Tensor Input, Tensor Cotangents, bool Bias) : FactorBlock
{
    /// <inheritdoc/>
    public override long Columns => Cotangents.shape[2] * (Input.shape[1] + (Bias ? 1 : 0));

    /// <inheritdoc/>
    public override Tensor Explicit()
    {
        long n = Cotangents.shape[0], k = Cotangents.shape[1], c = Cotangents.shape[2], f = Input.shape[1];
        Tensor weight = Cotangents.unsqueeze(3).mul(Input.view(n, 1, 1, f)).reshape(n * k, c * f); // [nK, C F]
        return Bias ? cat([weight, Cotangents.reshape(n * k, c)], dim: 1) : weight; // [nK, C F + C]
    }
}
