using Spectral.Core.Numerics;

namespace Spectral.Core.Plans;

/// <summary>
/// The Jacobians of a run for analyses that need more of them than their spectra. Everything is binary64 on the CPU and
/// lives as long as the run's analyses do.
/// </summary>
public abstract class JacobianAccess
{
    /// <summary>The name under which the weights before training can be asked for, whether or not a plan has that
    /// checkpoint.</summary>
    public const string Initial = "initial";

    /// <summary>Workers of whatever an analysis computes; their number changes no bit.</summary>
    public abstract int Threads { get; }

    /// <summary>Asks an analysis to stop.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>J [nK, p] by layers: products, the Gram matrix, rows. Cost: one example is differentiated.</summary>
    /// <param name="checkpoint">A checkpoint that was reached, or <see cref="Initial"/>.</param>
    /// <param name="split">A split that has a Jacobian.</param>
    /// <exception cref="ArgumentException">There is no such checkpoint or split.</exception>
    public abstract JacobianSource Source(string checkpoint, string split);

    /// <summary>The same J by rows.</summary>
    /// <param name="checkpoint">As above.</param>
    /// <param name="split">As above.</param>
    public abstract RowTiles Rows(string checkpoint, string split);

    /// <summary>The parameters theta [p] that J has columns for, in their order.</summary>
    /// <param name="checkpoint">As above.</param>
    public abstract double[] Parameters(string checkpoint);

    /// <summary>The inputs X [n, inputs] of the examples that have rows, as the network gets them, row-major.</summary>
    /// <param name="split">As above.</param>
    public abstract double[] Inputs(string split);
}
