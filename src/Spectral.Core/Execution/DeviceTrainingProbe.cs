using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Takes times of training steps on a device.</summary>
/// <param name="clock">The device's clock.</param>
/// <param name="sizes">How large the work is.</param>
/// <param name="progress">Told what is measured.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class DeviceTrainingProbe(
    DeviceClock clock, DeviceProbeSizes sizes, IProgress<string> progress, CancellationToken cancellation)
{
    private const int Repeats = 2, Few = 32, FewSteps = 4;

    /// <summary>Forward and backward pass together cost three forward ones.</summary>
    private const double Passes = 3;

    private static ProbeNetwork Shallow => ProbeNetwork.Dense(16, 16, 1, 3);

    /// <summary>Seconds that the first training takes longer, and then the first one with convolutions.</summary>
    public (double Training, double Convolutions) First()
    {
        progress.Report("the first training");
        return (clock.First(Training(Shallow, Few, Few, 1, 1)), clock.First(Training(ProbeNetwork.Residual(8), Few, Few, 1, 1)));
    }

    /// <summary>
    /// Seconds of a step beside its layers, and of one call in it: of dense networks from a shallow and a deep one, and of
    /// residual ones. All are so small that the device waits for the calls.
    /// </summary>
    public (double Step, double Call, double ConvolutionCall) StepAndCalls()
    {
        progress.Report("training steps");
        ProbeNetwork deep = ProbeNetwork.Dense(16, 16, 6, 3), residual = ProbeNetwork.Residual(8);
        double few = Step(Shallow, Few, sizes.Steps), many = Step(deep, Few, sizes.Steps);
        int shallow = Shallow.Layout.Work.Length;
        double call = Probe.Rest(many, few) / (deep.Layout.Work.Length - shallow);
        double step = Probe.Rest(few, shallow * call);
        return (step, call, Probe.Rest(Step(residual, Few, sizes.Steps), step) / residual.Layout.Work.Length);
    }

    /// <summary>Seconds of evaluating a split of few examples.</summary>
    public double Evaluation()
    {
        int epochs = sizes.Steps;
        double often = clock.Seconds(Repeats, Training(Shallow, Few, Few, epochs, 1));
        double rarely = clock.Seconds(Repeats, Training(Shallow, Few, Few, epochs, epochs));
        return Probe.Rest(often, rarely) / epochs;
    }

    /// <summary>Matrix products, flop/s. Calls are made while the device works, and cost nothing beside it.</summary>
    public double Products()
    {
        progress.Report("training with products");
        return Rate(ProbeNetwork.Dense(sizes.Width, sizes.Width, 2, 10), sizes.Batch);
    }

    /// <summary>Convolutions, flop/s.</summary>
    public double Convolutions(int channels)
    {
        progress.Report(FormattableString.Invariant($"convolutions of {channels} channels"));
        return Rate(ProbeNetwork.Convolutions(channels, 28, 3), sizes.ConvolutionBatch);
    }

    private double Rate(ProbeNetwork network, int batch) =>
        Passes * batch * network.Layout.ForwardFlops / Step(network, batch, FewSteps);

    /// <summary>Seconds of one step: what four epochs take longer than one, on the same data and with as many evaluations.</summary>
    private double Step(ProbeNetwork network, int batch, int steps)
    {
        // Batches of the same few examples: a split of all steps' would take as long to evaluate.
        const int epochs = 4;
        int examples = Math.Min(batch * steps, Math.Max(batch, Few * steps)), perEpoch = (examples + batch - 1) / batch;
        int least = Math.Max(1, steps / perEpoch);
        double few = clock.Seconds(Repeats, Training(network, examples, batch, least, epochs * least));
        double many = clock.Seconds(Repeats, Training(network, examples, batch, epochs * least, epochs * least));
        return Probe.Rest(many, few) / ((epochs - 1) * least * perEpoch);
    }

    /// <summary>A training from the same weights on the same examples, which stay the caller's dispose scope's.</summary>
    private Action Training(ProbeNetwork network, int examples, int batch, int epochs, int every)
    {
        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<Tensor> weights =
            [.. network.Weights(ScalarType.Float32).Select(weight => weight.to(clock.Torch))];
        SplitTensors made = network.Examples(examples, ScalarType.Float32);
        TargetTensors targets = new(made.Given.Values.to(clock.Torch), made.Given.Labels?.to(clock.Torch));
        SplitTensors split = new("train", made.Inputs.to(clock.Torch), targets, targets);
        return () => _ = new Trainer(
            network.Plan(examples, batch, epochs, every),
            network.Layout,
            weights,
            [split],
            double.PositiveInfinity,
            null,
            Silence.Instance).Train(cancellation);
    }

    /// <summary>Nobody listens.</summary>
    private sealed class Silence : IProgress<RunEvent>
    {
        public static Silence Instance { get; } = new();

        public void Report(RunEvent value)
        {
        }
    }
}
