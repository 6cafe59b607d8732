namespace Spectral.Core.Plans;

/// <summary>How an analysis goes through the Jacobian again, for each checkpoint and split: what a cost model counts.</summary>
/// <param name="Passes">Passes over all rows, each formed anew.</param>
/// <param name="Vectors">Vectors that each pass multiplies with, forwards and backwards.</param>
/// <param name="Matrices">Gram matrices that are formed; two are held at once.</param>
public sealed record AnalysisWork(int Passes, int Vectors, int Matrices)
{
    /// <summary>Spectra and recorded outputs are all that is read.</summary>
    public static AnalysisWork None { get; } = new(0, 0, 0);
}
