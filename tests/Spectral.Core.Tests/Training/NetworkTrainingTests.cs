using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Tests.Conventions;
using Spectral.Core.Tests.Networks;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Training;

/// <summary>
/// 50 steps of every optimizer with every schedule on whole networks against PyTorch, which started from the same
/// weights; <c>tests/parity/train_networks.py</c> keeps its numbers and compares every weight with <c>--check</c>.
/// </summary>
public sealed class NetworkTrainingTests
{
    private const double Tolerance = 1e-10;

    /// <summary>Deep networks without normalisation stay stable at this part of the rates.</summary>
    private const double Rate = 0.2;

    private static readonly ImmutableArray<string> Trained =
    [
        "mlp", "conv_net_none", "conv_net_batch", "conv_net_group",
        "narrow_resnet8_none", "narrow_resnet8_batch", "narrow_resnet8_group",
    ];

    /// <summary>Every network with every optimizer; the schedules are taken inside.</summary>
    public static TheoryData<string, string> Cases { get; } =
        [.. from name in Trained from optimizer in PyTorchSettings.Optimizers select (name, optimizer)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fifty_steps_of_a_network_give_PyTorchs_weights_and_statistics(string name, string optimizer)
    {
        IReadOnlyDictionary<string, SafetensorsTensor> kept = Safetensors
            .Parse(File.ReadAllBytes(Checkout.Path(
                "tests", "Spectral.Core.Tests", "Training", "Reference", name + ".safetensors")))
            .ToDictionary(found => found.Name);
        foreach (string schedule in PyTorchSettings.Schedules)
        {
            using IDisposable scope = NewDisposeScope();
            ParityCase parity = ParityCases.All[name];
            ImmutableArray<Tensor> trained = Train(parity, optimizer, schedule);
            SafetensorsTensor expected = kept[$"{optimizer}/{schedule}"];
            Assert.Equal([trained.Length, 7], expected.Shape);
            double[] facts = ParityCase.Doubles(expected);
            for (int i = 0; i < trained.Length; i++)
            {
                double[] found = Facts(trained[i]);
                double size = trained[i].abs().max().item<double>();
                for (int j = 0; j < 7; j++)
                {
                    double distance = Math.Abs(found[j] - facts[(7 * i) + j]);
                    Assert.True(
                        distance <= Tolerance * (j == 0 ? found[0] : size),
                        $"{schedule}: {parity.Layout.Parameters[i].Name} is {distance:E2} off at a size of {size:E2}");
                }
            }
        }
    }

    /// <summary>Not a test: trained weights for <c>train_networks.py --check</c>, in the folder SPECTRAL_PARITY.</summary>
    [Fact(Explicit = true)]
    public void Export()
    {
        string folder = Path.Combine(
            Environment.GetEnvironmentVariable("SPECTRAL_PARITY")
                ?? throw new InvalidOperationException("SPECTRAL_PARITY names no folder"),
            "trained");
        Directory.CreateDirectory(folder);
        foreach ((string name, string optimizer, string schedule) in
            from name in Trained
            from optimizer in PyTorchSettings.Optimizers
            from schedule in PyTorchSettings.Schedules
            select (name, optimizer, schedule))
        {
            using IDisposable scope = NewDisposeScope();
            ParityCase parity = ParityCases.All[name];
            File.WriteAllBytes(
                Path.Combine(folder, $"{name}.{optimizer}.{schedule}.safetensors"),
                parity.Export(Train(parity, optimizer, schedule)));
        }
    }

    /// <summary>Weights and running statistics after 50 steps on all examples, labelled 0, 1, .., K-1 in turn.</summary>
    private static ImmutableArray<Tensor> Train(ParityCase parity, string optimizer, string schedule)
    {
        NetworkLayout layout = parity.Layout;
        ImmutableArray<Tensor> start = parity.Weights(ScalarType.Float64);
        ImmutableArray<bool> isTrained =
            [.. layout.Parameters.Select(parameter => parameter.Slot.Role == ParameterRole.Weight)];
        Tensor vector = cat([.. start.Where((_, i) => isTrained[i]).Select(weight => weight.flatten())]); // [p]
        Tensor inputs = parity.Inputs(ScalarType.Float64);
        Tensor targets = eye(parity.Outputs, dtype: ScalarType.Float64)
            .index_select(0, arange(parity.Examples, dtype: ScalarType.Int64).remainder(parity.Outputs)); // [n, K]
        SquaredError loss = new("batch_mean");
        Schedule rates = PyTorchSettings.Schedule(schedule);
        using OptimizerState state = PyTorchSettings.Optimizer(optimizer, Rate).Start(vector);
        for (int step = 0; step < 50; step++)
        {
            using IDisposable scope = NewDisposeScope();
            Tensor[] weights = Views(vector, start, isTrained);
            ForwardPass pass = ForwardPass.Training(new RandomStream(1, "unused"));
            Tensor outputs = layout.Forward(inputs, [.. weights], pass); // [n, K]
            IList<Tensor> gradients = autograd.grad(
                [outputs], [.. weights.Where((_, i) => isTrained[i])], [loss.Gradient(outputs, targets)]);
            state.Step(cat([.. gradients.Select(gradient => gradient.flatten())]), rates.Factor(step)); // [p]
        }

        return [.. Views(vector, start, isTrained).Select(weight => weight.detach())];
    }

    /// <summary>The network's tensors: trained ones are leaves on the vector's memory, the others as they are.</summary>
    private static Tensor[] Views(Tensor vector, ImmutableArray<Tensor> start, ImmutableArray<bool> isTrained)
    {
        long offset = 0;
        Tensor[] views = [.. start];
        for (int i = 0; i < views.Length; i++)
        {
            if (!isTrained[i])
                continue;
            views[i] = vector.narrow(0, offset, start[i].numel()).view(start[i].shape).requires_grad_(true);
            offset += start[i].numel();
        }

        return views;
    }

    /// <summary>The norm and six entries at even distances.</summary>
    private static double[] Facts(Tensor values)
    {
        double[] flat = values.contiguous().data<double>().ToArray();
        return
        [
            values.norm().item<double>(), .. Enumerable.Range(0, 6).Select(i => flat[(long)i * (flat.Length - 1) / 5]),
        ];
    }
}
