using Spectral.Core.Layers;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Takes times of training steps.</summary>
/// <param name="cores">The machine's cores.</param>
/// <param name="progress">Told what is measured.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class TrainingProbe(int cores, IProgress<string> progress, CancellationToken cancellation)
{
    private const int Repeats = 3, Batch = 64;

    /// <summary>Forward and backward pass together cost three forward ones.</summary>
    private const double Passes = 3;

    /// <summary>Seconds of a step beside its layers, and of one call in it, from a shallow and a deep small network.</summary>
    public (double Step, double Call) StepAndCall()
    {
        progress.Report("training steps");
        ProbeNetwork shallow = ProbeNetwork.Dense(16, 16, 1, 3), deep = ProbeNetwork.Dense(16, 16, 6, 3);
        _ = Step(shallow, 32, 1, 50); // the first calls are translated
        double few = Step(shallow, 32, 1, 100), many = Step(deep, 32, 1, 100);
        int more = deep.Layout.Work.Length - shallow.Layout.Work.Length;
        double call = Probe.Rest(many, few) / more;
        return (Probe.Rest(few, shallow.Layout.Work.Length * call), call);
    }

    /// <summary>Seconds of evaluating a split of few examples.</summary>
    public double Evaluation()
    {
        ProbeNetwork network = ProbeNetwork.Dense(16, 16, 1, 3);
        const int epochs = 60;
        double often = Train(network, 32, 32, epochs, 1, 1), rarely = Train(network, 32, 32, epochs, epochs, 1);
        return Probe.Rest(often, rarely) / epochs;
    }

    /// <summary>Matrix products, flop/s.</summary>
    public ThreadedRate Products(double step, double call)
    {
        progress.Report("matrix products");
        return Rate(ProbeNetwork.Dense(784, 512, 1, 10), step, call);
    }

    /// <summary>Convolutions, flop/s.</summary>
    public ThreadedRate Convolutions(int channels, double step, double call)
    {
        progress.Report(FormattableString.Invariant($"convolutions of {channels} channels"));
        return Rate(ProbeNetwork.Convolutions(channels, channels > 16 ? 14 : 28, 3), step, call);
    }

    /// <summary>Convolutions of an image of one channel, flop/s.</summary>
    public ThreadedRate FirstConvolutions(double step, double call) => Rate(ProbeNetwork.Behind(), step, call);

    /// <summary>Elementwise operations a second.</summary>
    public ThreadedRate Elementwise()
    {
        progress.Report("elementwise operations");
        ProbeNetwork few = ProbeNetwork.Behind(new Relu());
        ProbeNetwork many = ProbeNetwork.Behind([.. Enumerable.Repeat(new Relu(), 9)]);
        double flops = Passes * Batch * (many.Layout.ForwardFlops - few.Layout.ForwardFlops);
        return Threaded(threads => flops / Probe.Rest(Step(many, Batch, threads, 4), Step(few, Batch, threads, 4)));
    }

    /// <summary>Pools, operations a second.</summary>
    public ThreadedRate Pools()
    {
        progress.Report("pools");
        ProbeNetwork without = ProbeNetwork.Behind(), with = ProbeNetwork.Behind(new MaxPool(2, 0, 0));
        double flops = Passes * Batch * with.Layout.Work.Where(work => work.Kind == WorkKind.Pool).Sum(work => work.Flops);
        return Threaded(threads => flops / Probe.Rest(Step(with, Batch, threads, 4), Step(without, Batch, threads, 4)));
    }

    private ThreadedRate Rate(ProbeNetwork network, double step, double call)
    {
        double flops = Passes * Batch * network.Layout.ForwardFlops;
        double known = step + (network.Layout.Work.Length * call);
        return Threaded(threads => flops / Probe.Rest(Step(network, Batch, threads, 4), known));
    }

    private ThreadedRate Threaded(Func<int, double> rate)
    {
        double one = rate(1);
        return new ThreadedRate(one, cores == 1 ? one : rate(cores));
    }

    /// <summary>Seconds of one step: what an epoch of more steps takes longer.</summary>
    private double Step(ProbeNetwork network, int batch, int threads, int steps)
    {
        // Of equal data, so that the evaluations are the same.
        double few = Train(network, batch * steps, batch, 1, 10, threads);
        double many = Train(network, batch * steps, batch, 4, 10, threads);
        return Probe.Rest(many, few) / (3 * steps);
    }

    private double Train(ProbeNetwork network, int examples, int batch, int epochs, int every, int threads)
    {
        cancellation.ThrowIfCancellationRequested();
        NativeRuntime.UseThreads(threads);
        using IDisposable scope = NewDisposeScope();
        SplitTensors split = network.Examples(examples, ScalarType.Float32);
        return Probe.Seconds(Repeats, () =>
        {
            using IDisposable own = NewDisposeScope();
            _ = new Trainer(
                network.Plan(examples, batch, epochs, every),
                network.Layout,
                network.Weights(ScalarType.Float32),
                [split],
                double.PositiveInfinity,
                null,
                Silence.Instance).Train(cancellation);
        });
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
