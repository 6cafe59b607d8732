namespace Spectral.Core.Numerics;

/// <summary>
/// The linear model f_0 + J (theta - theta_0) as it is trained by gradient descent on 1/2 sum ||f_i - y_i||^2, with
/// momentum as PyTorch's SGD has it, in the space of functions: theta - theta_0 = J^T c always, so that the residual is
/// r = r_0 + K c with K = J J^T, and no parameter is needed.
/// </summary>
/// <remarks>
/// A step on a batch has the gradient J^T (unit * r on the batch's rows, 0 elsewhere). With full batches and without
/// momentum this is r_{t+1} = (I - eta K) r_t (arXiv:1906.05392v2, lemma 6.5). Cost of a step: 2 (nK) (rows of the
/// batch)
/// flops, beside 10 nK.
/// </remarks>
/// <param name="kernel">K [nK, nK]; it must live as long as this does.</param>
/// <param name="residual">r_0 = f_0 - y, [nK], copied.</param>
/// <param name="momentum">mu of v = mu v + g, in [0, 1).</param>
/// <param name="nesterov">Whether the step is g + mu v instead of v.</param>
public sealed class KernelDescent(
    GramMatrix kernel, ReadOnlySpan<double> residual, double momentum, bool nesterov)
{
    private readonly double[] _residual = residual.Length == kernel.Order
        ? residual.ToArray()
        : throw new ArgumentException($"{residual.Length} elements, K has order {kernel.Order}", nameof(residual));

    private readonly double[] _coefficients = new double[residual.Length]; // c
    private readonly double[] _velocity = new double[residual.Length]; // v = J^T this
    private readonly double[] _velocityImage = new double[residual.Length]; // J v
    private readonly double[] _gradient = new double[residual.Length];
    private readonly double[] _gradientImage = new double[residual.Length];

    /// <summary>r after the steps so far, [nK].</summary>
    public ReadOnlySpan<double> Residual => _residual;

    /// <summary>c with theta - theta_0 = J^T c, [nK].</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>Makes a step on a batch.</summary>
    /// <param name="examples">The batch's examples, each once.</param>
    /// <param name="outputs">K: an example's rows follow each other.</param>
    /// <param name="unit">
    /// What the gradient of the batch's half sum of squares is multiplied by, the loss's unit.
    /// </param>
    /// <param name="rate">The step size.</param>
    public void Step(ReadOnlySpan<int> examples, int outputs, double unit, double rate)
    {
        Array.Clear(_gradient);
        Array.Clear(_gradientImage);
        foreach (int example in examples)
        {
            for (int row = example * outputs; row < (example + 1) * outputs; row++)
                _gradient[row] = unit * _residual[row];
        }

        Image(examples, outputs);
        for (int row = 0; row < _residual.Length; row++)
        {
            _velocity[row] = (momentum * _velocity[row]) + _gradient[row];
            _velocityImage[row] = (momentum * _velocityImage[row]) + _gradientImage[row];
            double ahead = nesterov ? momentum : 1, own = nesterov ? 1 : 0;
            _coefficients[row] -= rate * ((own * _gradient[row]) + (ahead * _velocity[row]));
            _residual[row] -= rate * ((own * _gradientImage[row]) + (ahead * _velocityImage[row]));
        }
    }

    /// <summary>J of the gradient: K's columns for the batch, left of the diagonal and below it.</summary>
    private void Image(ReadOnlySpan<int> examples, int outputs)
    {
        LowerTriangle entries = kernel.Triangle;
        foreach (int example in examples)
        {
            for (int row = example * outputs; row < (example + 1) * outputs; row++)
                ManagedProduct.Add(_gradient[row], entries.Elements(row), _gradientImage.AsSpan(0, row + 1));
        }

        for (int row = 0; row < _gradientImage.Length; row++)
        {
            ReadOnlySpan<double> own = entries.Elements(row)[..row];
            foreach (int example in examples)
            {
                int first = example * outputs, count = Math.Min(outputs, row - first);
                if (count > 0)
                    _gradientImage[row] += ManagedProduct.Dot(own.Slice(first, count), _gradient.AsSpan(first, count));
            }
        }
    }
}
