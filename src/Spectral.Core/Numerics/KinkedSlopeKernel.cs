namespace Spectral.Core.Numerics;

/// <summary>
/// The slope kernel of an activation of two straight pieces that meet at 0, in closed form: with theta =
/// acos(correlation), E = b^2 + b (a - b) + (a - b)^2 (pi - theta) / (2 pi) for slopes b below 0 and a above. ReLU's is
/// the arc-cosine kernel of degree 0. Norms do not matter unless they are 0, where the kernel's factor x_i^T x_j is 0
/// anyhow.
/// </summary>
/// <param name="below">b, the slope below 0.</param>
/// <param name="above">a, the slope above 0.</param>
/// <remarks>
/// Source: Cho and Saul 2009, Kernel methods for deep learning, section 2.1; arXiv:1901.08584, equation 2.
/// </remarks>
public sealed class KinkedSlopeKernel(double below, double above) : SlopeKernel
{
    /// <inheritdoc/>
    public override PreparedSlopeKernel For(IReadOnlyList<double> norms) => new Prepared(below, above - below);

    private sealed class Prepared(double below, double step) : PreparedSlopeKernel
    {
        /// <summary>0: the form is closed.</summary>
        public override double Error => 0;

        public override double Value(int i, int j, double correlation)
        {
            double together = 0.5 - (Math.Acos(Math.Clamp(correlation, -1, 1)) / (2 * Math.PI)); // P(u > 0, v > 0)
            return (below * below) + (below * step) + (step * step * together);
        }
    }
}
