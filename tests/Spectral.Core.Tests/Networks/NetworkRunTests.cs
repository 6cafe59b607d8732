using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Spectral.Core.Tests.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Networks;

/// <summary>Whole runs of small networks: training moves what it should, and the spectrum is that of the stored weights.</summary>
public sealed class NetworkRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Networks by name.</summary>
    private static readonly Dictionary<string, Network> Small = new()
    {
        ["resnet, none"] = new ResNet(8, 4, "none", 2, new Tanh(), new PyTorchUniform(), 1),
        ["resnet, batch"] = new ResNet(8, 4, "batch", 2, new Tanh(), new PyTorchUniform(), 1),
        ["resnet, group"] = new ResNet(8, 4, "group", 2, new Tanh(), new PyTorchUniform(), 1),
        ["conv_net, batch"] = new ConvNet([4, 6], 1, "average", [8], "batch", 2, new Gelu(), new HeNormal(1)),
        ["one_hidden_layer"] = new OneHiddenLayer(20, new Softplus(), 1, "first", new UnscaledNormal(1)),
        ["layers"] = new LayerSequence(
            [new Flatten(), new Dense(6, true, new XavierNormal(1)), new Dropout(0.5), new Silu(), new Dense(3, true, new Zeros())]),
    };

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. Small.Keys];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_gives_the_spectrum_of_its_stored_weights(string name)
    {
        RunPlan plan = SmallRun.Plan with { Network = Small[name] };
        ArtifactFolder payload = new(_folder.Path);
        Assert.Null(SmallRun.Into(payload, plan).Result.DivergedAt);
        using IDisposable scope = NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(plan);
        Tensor[] initial = Weights(payload, layout, "initial"), final = Weights(payload, layout, "final");
        for (int i = 0; i < final.Length; i++)
        {
            bool moves = layout.Parameters[i].Slot.Role != ParameterRole.Fixed;
            Assert.Equal(moves, !initial[i].equal(final[i]).all().item<bool>());
        }

        SplitArrays test = plan.Dataset.Load(DataFolders.None, 1).Test;
        Tensor inputs = tensor(test.Inputs.ToArray(), [test.Count, 1, 8, 8]).to(ScalarType.Float64);
        Tensor jacobian = RowOracle.Jacobian(layout, inputs, final).narrow(1, 0, layout.ColumnCount(plan));
        double[] expected = linalg.svdvals(jacobian).data<double>().ToArray();
        double[] found = NpyArray.Parse(payload.Read("results/final/test/singular_values.npy")).ToDoubles();
        Assert.Equal(expected.Length, found.Length);
        for (int s = 0; s < expected.Length; s++)
            Assert.InRange((double.IsNaN(found[s]) ? 0 : found[s]) - expected[s], -1e-10 * expected[0], 1e-10 * expected[0]);
    }

    private static Tensor[] Weights(ArtifactFolder payload, NetworkLayout layout, string checkpoint)
    {
        ImmutableArray<SafetensorsTensor> stored = [.. Safetensors.Parse(payload.Read($"checkpoints/{checkpoint}.safetensors"))];
        return
        [
            .. layout.Parameters
                .Select(parameter => stored.Single(weight => weight.Name == parameter.Name))
                .Select(weight => tensor(MemoryMarshal.Cast<byte, float>(weight.Data.Span).ToArray(), [.. weight.Shape])
                    .to(ScalarType.Float64)),
        ];
    }
}
