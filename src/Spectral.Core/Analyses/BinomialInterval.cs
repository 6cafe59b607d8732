using MathNet.Numerics.Distributions;

namespace Spectral.Core.Analyses;

/// <summary>What a count of events among independent trials says of their rate.</summary>
internal static class BinomialInterval
{
    /// <summary>
    /// The exact 95 % interval of Clopper and Pearson (1934): the rates under which so few, or so many, events would
    /// still have a chance of 2.5 %.
    /// </summary>
    /// <param name="events">Events, in [0, trials].</param>
    /// <param name="trials">Trials, 1 or more.</param>
    public static (double Lower, double Upper) Of(int events, int trials) => (
        events == 0 ? 0 : Beta.InvCDF(events, trials - events + 1, 0.025),
        events == trials ? 1 : Beta.InvCDF(events + 1, trials - events, 0.975));
}
