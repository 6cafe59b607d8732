using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Schedules;

/// <summary>The rate rises linearly over the first epochs; then another schedule begins.</summary>
/// <param name="Epochs">E, the number of epochs of the rise, 1 or more: the factors are 1/E, 2/E, ..., 1.</param>
/// <param name="Then">The schedule after it, which counts epochs from its own beginning.</param>
public sealed record Warmup(int Epochs, Schedule Then) : Schedule
{
    private static readonly Field<int> EpochsField = Field.Integer(
        "epochs",
        (Warmup warmup) => warmup.Epochs,
        "The number E of epochs of the rise; their factors are 1/E, 2/E, ..., 1.",
        1,
        unit: "epochs");

    private static readonly Field<Schedule> ThenField = Field.Component<Warmup, Schedule>(
        "then",
        warmup => warmup.Then,
        "The schedule after it, which counts epochs from its own beginning.",
        preset: new Constant());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Schedule, Warmup>(
        kind: "warmup",
        summary: "The rate rises linearly over the first epochs; then another schedule begins.",
        source: "torch.optim.lr_scheduler.LinearLR(1/E, total_iters=E-1) in SequentialLR; arXiv:1706.02677, section 2.2",
        example: "{warmup: {epochs: 5, then: {cosine: {to: 395}}}}",
        fields: [EpochsField, ThenField],
        bind: settings => new Warmup(settings.Of(EpochsField), settings.Of(ThenField)));

    /// <inheritdoc/>
    public override double Factor(int finished) =>
        finished < Epochs ? (finished + 1.0) / Epochs : Then.Factor(finished - Epochs);
}
