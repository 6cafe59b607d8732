using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Layers;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Formats;
using Spectral.Core.Tests.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>Patterns over names decide what training changes and what the Jacobian has columns for, and nothing else.</summary>
public sealed class ParameterSelectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3.*", 390, 21)]
    [InlineData("1.*", 0, 390)]
    [InlineData("3.weight", 390, 18)]
    public void The_spectrum_is_that_of_the_named_columns_of_the_whole_Jacobian(string pattern, long first, long count)
    {
        ArtifactFolder payload = new(_folder.File("data"));
        RunPlan plan = SmallRun.Plan with
        {
            Jacobian = SmallRun.Plan.Jacobian with { Parameters = new ParameterSelection([pattern]) },
        };
        RunResult result = SmallRun.Into(payload, plan).Result;
        Assert.Equal(count, result.Parameters);
        ArtifactFolder export = new(_folder.File("export"));
        new ResultExport(payload, result, DataFolders.None, Catalog.Components).WriteTo(export.Root, true, CancellationToken.None);
        using IDisposable scope = NewDisposeScope();
        foreach (SpectrumResult spectrum in result.Spectra)
        {
            Tensor whole = RowOracle.Jacobian(
                NetworkLayout.Of(plan), Inputs(spectrum.Split), Weights(payload, spectrum.Checkpoint)).detach(); // [nK, 411]
            Tensor columns = whole.narrow(1, first, count);
            double[] expected = linalg.svdvals(columns).data<double>().ToArray();
            Assert.Equal(expected.Length, spectrum.Spectrum.Values.Length);
            for (int s = 0; s < expected.Length; s++)
                Assert.InRange(spectrum.Spectrum.Values[s] - expected[s], -1e-10 * expected[0], 1e-10 * expected[0]);

            NpyArray stored = NpyArray.Parse(export.Read($"{spectrum.Checkpoint}/{spectrum.Split}/jacobian.npy"));
            Assert.Equal(columns.shape, stored.Shape);
            Assert.InRange((tensor(stored.ToDoubles(), columns.shape) - columns).abs().max().item<double>(), 0, 1e-12);
        }
    }

    [Fact]
    public void A_frozen_layer_keeps_its_bits_and_the_Jacobian_has_the_trained_columns()
    {
        ArtifactFolder payload = new(_folder.Path);
        RunPlan plan = SmallRun.Plan with { Trainable = new ParameterSelection(["3.*"]) };
        RunResult result = SmallRun.Into(payload, plan).Result;
        Assert.Equal(21, result.Parameters);
        Dictionary<string, byte[]> initial = Bytes(payload, "initial"), final = Bytes(payload, "final");
        foreach (string frozen in (string[])["1.weight", "1.bias"])
            Assert.Equal(initial[frozen], final[frozen]);
        foreach (string trained in (string[])["3.weight", "3.bias"])
            Assert.NotEqual(initial[trained], final[trained]);
    }

    [Fact]
    public void What_is_trained_and_what_is_differentiated_are_chosen_apart()
    {
        ArtifactFolder payload = new(_folder.Path);
        RunPlan plan = SmallRun.Plan with
        {
            Trainable = new ParameterSelection(["1.*"]),
            Jacobian = SmallRun.Plan.Jacobian with { Parameters = new ParameterSelection(["3.bias", "3.weight"]) },
        };
        Assert.Equal(21, SmallRun.Into(payload, plan).Result.Parameters);
        Dictionary<string, byte[]> initial = Bytes(payload, "initial"), final = Bytes(payload, "final");
        Assert.Equal(initial["3.weight"], final["3.weight"]);
        Assert.NotEqual(initial["1.weight"], final["1.weight"]);
    }

    [Fact]
    public void Fixed_parameters_are_trained_and_differentiated_only_where_they_are_named()
    {
        RunPlan plan = SmallRun.Plan with { Network = new FixedReadout() };
        NetworkLayout layout = NetworkLayout.Of(plan);
        Assert.Equal(["1.weight", "1.bias"], Names(layout.Differentiated(plan)));
        Assert.Equal([true, true, false, false], layout.Trained(plan.Trainable));
        Assert.Equal([true, true, true, true], layout.Trained(new ParameterSelection(["*"])));
        RunPlan named = plan with { Jacobian = plan.Jacobian with { Parameters = new ParameterSelection(["3.weight"]) } };
        Assert.Equal(["3.weight"], Names(layout.Differentiated(named)));
        Assert.Equal(18, layout.ColumnCount(named));

        static IEnumerable<string> Names(ImmutableArray<NamedParameter> parameters) => parameters.Select(one => one.Name);
    }

    private static Dictionary<string, byte[]> Bytes(ArtifactFolder payload, string checkpoint) =>
        Safetensors.Parse(payload.Read($"checkpoints/{checkpoint}.safetensors"))
            .ToDictionary(weight => weight.Name, weight => weight.Data.ToArray());

    private static Tensor Inputs(string split)
    {
        DatasetArrays arrays = SmallRun.Plan.Dataset.Load(DataFolders.None, 1);
        SplitArrays chosen = split == "train" ? arrays.Train : arrays.Test;
        return tensor(chosen.Inputs.ToArray(), [chosen.Count, 1, 8, 8]).to(ScalarType.Float64);
    }

    private static Tensor[] Weights(ArtifactFolder payload, string checkpoint)
    {
        Dictionary<string, SafetensorsTensor> stored = Safetensors.Parse(payload.Read($"checkpoints/{checkpoint}.safetensors"))
            .ToDictionary(weight => weight.Name);
        return
        [
            .. NetworkLayout.Of(SmallRun.Plan).Parameters.Select(parameter => tensor(
                MemoryMarshal.Cast<byte, float>(stored[parameter.Name].Data.Span).ToArray(),
                [.. stored[parameter.Name].Shape]).to(ScalarType.Float64)),
        ];
    }

    /// <summary>The small run's network with an output layer that stays as it was drawn.</summary>
    private sealed record FixedReadout : Network
    {
        public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs) => NamedLayer.Sequential(
            [.. SmallRun.Plan.Network.Layers(input, outputs).Select(named => named.Layer).SkipLast(1), new FixedDense(outputs)]);
    }

    private sealed record FixedDense(int Outputs) : Layer
    {
        private readonly Layer _dense = new Dense(Outputs, true, new Core.Initializations.PyTorchUniform());

        public override ShapeMatch OutputShape(Shape input) => _dense.OutputShape(input);

        public override double ForwardFlops(Shape input) => _dense.ForwardFlops(input);

        public override ImmutableArray<ParameterSlot> Parameters(Shape input) =>
            [.. _dense.Parameters(input).Select(slot => slot with { Role = ParameterRole.Fixed })];

        public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
            _dense.Forward(input, parameters, pass);
    }
}
