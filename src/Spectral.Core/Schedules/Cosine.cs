using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Schedules;

/// <summary>The rate falls along half a cosine wave and then stays.</summary>
/// <param name="To">The number of epochs of the fall, 1 or more.</param>
/// <param name="Floor">The fraction of the rate that remains, in [0, 1].</param>
public sealed record Cosine(int To, double Floor) : Schedule
{
    private static readonly Field<int> ToField = Field.Integer(
        "to", (Cosine cosine) => cosine.To, "The number of finished epochs at which the floor is reached.", 1, unit: "epochs");

    private static readonly Field<double> FloorField = Field.Real(
        "floor",
        (Cosine cosine) => cosine.Floor,
        "The fraction of the rate that remains.",
        Interval.Closed(0, 1),
        preset: 0,
        unit: "learning_rate");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Schedule, Cosine>(
        kind: "cosine",
        summary: "The rate falls along half a cosine wave to a floor and stays there.",
        source: "torch.optim.lr_scheduler.CosineAnnealingLR; arXiv:1608.03983, equation 5",
        example: "{cosine: {to: 400}}",
        fields: [ToField, FloorField],
        bind: settings => new Cosine(settings.Of(ToField), settings.Of(FloorField)));

    /// <inheritdoc/>
    public override double Factor(int finished) => finished >= To
        ? Floor
        : Floor + ((1 - Floor) * (1 + CosineOfPi((double)finished / To)) / 2);

    /// <summary>cos(pi x) for x in [0, 1], by its series: the same bits on every machine, which the C library's are not.</summary>
    private static double CosineOfPi(double x)
    {
        if (x > 0.5)
            return -CosineOfPi(1 - x);
        double square = Math.PI * x * Math.PI * x;
        double sum = 1;
        for (int term = 14; term >= 1; term--)
            sum = 1 - (sum * square / ((2 * term) * ((2 * term) - 1)));
        return sum;
    }
}
