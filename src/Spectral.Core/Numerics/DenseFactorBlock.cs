using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a dense layer: row (i, c) of the weight's columns is the outer product g_ic a_i^T, of the bias' g_ic.
/// </summary>
/// <param name="Input">a [n, F], what the layer saw.</param>
/// <param name="Cotangents">g [n, K, C], the outputs' derivatives by the layer's output.</param>
/// <param name="Bias">Whether the layer has a bias.</param>
public sealed record DenseFactorBlock(Tensor Input, Tensor Cotangents, bool Bias)
    : AffineFactorBlock(Input, Cotangents, Bias)
{
    /// <inheritdoc/>
    public override long Fan => Input.shape[1];

    /// <inheritdoc/>
    protected override bool SeesAllInputs => true;

    /// <inheritdoc/>
    public override Tensor Explicit()
    {
        long n = Examples, k = Outputs, c = Channels, f = Fan;
        Tensor weight = Cotangents.unsqueeze(3).mul(Input.view(n, 1, 1, f)).reshape(n * k, c * f); // [nK, C F]
        return Bias ? cat([weight, Cotangents.reshape(n * k, c)], dim: 1) : weight; // [nK, C F + C]
    }

    /// <inheritdoc/>
    /// <remarks>Cost 2 b (n F C + nK C): the weight's part is V_b a_i, an ordinary forward pass.</remarks>
    public override Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        long b = vectors.shape[1], c = Channels, f = Fan;
        Tensor byInput = vectors.narrow(0, 0, Weights).view(c, f, b).transpose(0, 1).reshape(f, c * b); // [F, C b]
        Tensor moved = Input.mm(byInput).view(Examples, c, b); // [n, C, b]
        if (Bias)
            moved.PlusInPlace(vectors.narrow(0, Weights, c));
        return Cotangents.bmm(moved).reshape(Examples * Outputs, b).MoveToOuterDisposeScope(); // [nK, b]
    }

    /// <inheritdoc/>
    /// <remarks>Cost 2 b (n F C + nK C): the class axis is contracted first, so that K meets no F.</remarks>
    public override Tensor TransposeTimes(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        long b = vectors.shape[1], c = Channels;
        Tensor pulled = Cotangents.transpose(1, 2).bmm(vectors.reshape(Examples, Outputs, b)); // [n, C, b]
        Tensor weight = pulled.view(Examples, c * b).t().mm(Input) // [C b, F]
            .view(c, b, Fan).transpose(1, 2).reshape(Weights, b);
        Tensor all = Bias ? cat([weight, pulled.sum(dim: 0)], dim: 0) : weight; // [C F + C, b]
        return all.MoveToOuterDisposeScope();
    }
}
