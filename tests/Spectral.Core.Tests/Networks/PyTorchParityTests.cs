using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Tests.Conventions;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Networks;

/// <summary>Networks compute what PyTorch computed from the same weights; tests/parity/record.py recorded its numbers.</summary>
public sealed class PyTorchParityTests
{
    [Theory]
    [MemberData(nameof(ParityCases.Names), MemberType = typeof(ParityCases))]
    public void Outputs_agree_in_evaluation(string name)
    {
        using IDisposable scope = NewDisposeScope();
        ParityCase parity = ParityCases.All[name];
        Near(Recorded(name)["evaluation"], Evaluate(parity, ScalarType.Float64), 1e-12);
        Near(Recorded(name)["evaluation"], Evaluate(parity, ScalarType.Float32), 1e-5);
    }

    [Theory]
    [MemberData(nameof(ParityCases.Names), MemberType = typeof(ParityCases))]
    public void Outputs_gradients_and_running_statistics_agree_in_training(string name)
    {
        using IDisposable scope = NewDisposeScope();
        ParityCase parity = ParityCases.All[name];
        NetworkLayout layout = parity.Layout;
        IReadOnlyDictionary<string, Tensor> recorded = Recorded(name);
        ImmutableArray<Tensor> weights = parity.Weights(ScalarType.Float64);
        Tensor[] trained = [.. weights
            .Where((_, i) => layout.Parameters[i].Slot.Role == ParameterRole.Weight)
            .Select(weight => weight.requires_grad_(true))];
        Tensor outputs = layout.Forward(
            parity.Inputs(ScalarType.Float64), weights, ForwardPass.Training(new RandomStream(1, "unused")));
        Near(recorded["training"], outputs, 1e-12);

        // Of 1/2 ||f||^2: each gradient's length and its product with the weight.
        IList<Tensor> gradients = autograd.grad([outputs.square().sum() / 2], trained, null, allow_unused: true);
        Tensor facts = stack([.. gradients.Select((gradient, i) =>
            stack([gradient.square().sum().sqrt(), (gradient * trained[i]).sum()]))]);
        Near(recorded["gradients"], facts, 1e-11);
        for (int i = 0; i < weights.Length; i++)
        {
            if (layout.Parameters[i].Slot.Role == ParameterRole.Buffer)
                Near(recorded[layout.Parameters[i].Name], weights[i], 1e-12);
        }
    }

    /// <summary>Not a test: writes weights and inputs for tests/parity/record.py into the folder SPECTRAL_PARITY.</summary>
    [Fact(Explicit = true)]
    public void Export()
    {
        using IDisposable scope = NewDisposeScope();
        string folder = Environment.GetEnvironmentVariable("SPECTRAL_PARITY")
            ?? throw new InvalidOperationException("SPECTRAL_PARITY names no folder");
        Directory.CreateDirectory(folder);
        foreach ((string name, ParityCase parity) in ParityCases.All)
            File.WriteAllBytes(Path.Combine(folder, name + ".safetensors"), parity.Export());
    }

    private static Tensor Evaluate(ParityCase parity, ScalarType type)
    {
        using IDisposable graphless = no_grad();
        return parity.Layout.Forward(parity.Inputs(type), parity.Weights(type), ForwardPass.Evaluation);
    }

    /// <summary>The largest difference is at most a fraction of the largest value.</summary>
    private static void Near(Tensor expected, Tensor found, double tolerance)
    {
        Assert.Equal(expected.shape, found.shape);
        double distance = (found.to(ScalarType.Float64) - expected).abs().max().item<double>();
        double size = expected.abs().max().item<double>();
        Assert.True(distance <= tolerance * size, $"{distance:E2} apart at a size of {size:E2}");
    }

    private static IReadOnlyDictionary<string, Tensor> Recorded(string name)
    {
        byte[] file = File.ReadAllBytes(
            Checkout.Path("tests", "Spectral.Core.Tests", "Networks", "Reference", name + ".safetensors"));
        return Safetensors.Parse(file).ToDictionary(
            found => found.Name,
            found => tensor(ParityCase.Doubles(found), found.Shape.ToArray()).clone());
    }
}
