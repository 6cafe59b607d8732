namespace Spectral.Core.Numerics;

/// <summary>
/// The residual's coordinate along one eigenvector of the kernel under full-batch gradient descent with momentum as
/// PyTorch's SGD has it, as a multiple of its start: prod (1 - eta_t lambda) without momentum (arXiv:1906.05392v2,
/// lemma
/// 6.5; arXiv:1901.08584, theorem 4.1).
/// </summary>
/// <param name="eigenvalue">lambda = sigma^2 of the kernel, 0 or more.</param>
/// <param name="momentum">mu in [0, 1).</param>
/// <param name="nesterov">Whether the step is g + mu v instead of v.</param>
public sealed class DirectionDescent(double eigenvalue, double momentum, bool nesterov)
{
    private double _velocity;

    /// <summary>a_t / a_0 after the steps so far; 1 at the start.</summary>
    public double Coordinate { get; private set; } = 1;

    /// <summary>Makes a step.</summary>
    /// <param name="unit">The loss's unit.</param>
    /// <param name="rate">The step size.</param>
    public void Step(double unit, double rate)
    {
        double gradient = unit * Coordinate;
        _velocity = (momentum * _velocity) + gradient;
        Coordinate -= rate * eigenvalue * (nesterov ? gradient + (momentum * _velocity) : _velocity);
    }
}
