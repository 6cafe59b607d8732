using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Bench;

internal static class Probe
{
    public static void Run()
    {
        NativeRuntime.UseThreads(1);
        var net = new LayerSequence([Conv2d.ThreeByThree(4, 1, true, new Normal(1)), new Tanh(), Conv2d.ThreeByThree(4, 1, true, new Normal(1)), new Tanh(), new Flatten(), new Dense(2, true, new Normal(1))]);
        var layout = NetworkLayout.Of(net, new Shape(2, 6, 5), 2);
        var w = InitialWeights.Draw(layout, 1, ScalarType.Float64, CPU);
        Tape tape = new();
        Console.WriteLine("forward");
        var outputs = layout.Forward(randn(5, 2, 6, 5, dtype: ScalarType.Float64), w, ForwardPass.Taped(tape));
        Console.WriteLine("grad");
        var g = autograd.grad([outputs.select(1, 0).sum()], [.. tape.Entries.Select(e => e.Output)], null, retain_graph: true, allow_unused: true);
        foreach (var x in g) Console.WriteLine(x.IsInvalid ? "invalid" : string.Join(",", x.shape));
        g = autograd.grad([outputs.select(1, 1).sum()], [.. tape.Entries.Select(e => e.Output)], null, retain_graph: false, allow_unused: true);
        foreach (var x in g) Console.WriteLine(x.IsInvalid ? "invalid" : string.Join(",", x.shape));
    }
}
