namespace Spectral.Core.Results;

/// <summary>How well the network did on one split after some epochs: a row of <c>results/training.csv</c>.</summary>
/// <param name="Epoch">Finished epochs; 0 is before training.</param>
/// <param name="Split"><c>train</c> or <c>test</c>.</param>
/// <param name="Target">The labels it was compared with: <c>given</c> or <c>clean</c>.</param>
/// <param name="Loss">The loss in the training loss's own unit, over the whole split.</param>
/// <param name="Errors">How many examples have their largest output elsewhere than at the label; null without classes.</param>
/// <param name="Examples">How many examples there are.</param>
public sealed record TrainingRow(int Epoch, string Split, string Target, double Loss, int? Errors, int Examples)
{
    /// <summary>The error rate: errors / examples (arXiv:1906.05392v2, equation 3.1); NaN without classes.</summary>
    public double Error => Errors is { } errors ? (double)errors / Examples : double.NaN;
}
