using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Layers;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Analyses;
using Spectral.Core.Tests.Formats;
using Spectral.Core.Tests.Plans;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>Faults that were found once and must not come back.</summary>
public sealed class RegressionTests
{
    [Theory]
    [InlineData(1e-30)] // refused: below the trust floor
    [InlineData(1e9)] // r = 0: above sigma_1
    public void A_run_whose_information_space_is_empty_or_refused_is_a_result(double alpha)
    {
        using TemporaryFolder folder = new();
        ArtifactFolder payload = new(folder.File("payload")), export = new(folder.File("export"));
        RunResult result = SmallRun.Into(payload, SmallRun.Plan with { Cutoff = new AbsoluteCutoff(alpha) }).Result;
        string status = alpha < 1 ? "refused" : "ok";
        Assert.All(
            result.Measurements.Where(row => row is { Analysis: "label_alignment", Quantity: "information", Target: "given" }),
            row => Assert.Equal(status, row.Status));
        new ResultExport(payload, ResultFiles.Read(payload, "small", "", Catalog.Components), DataFolders.None, Catalog.Components)
            .WriteTo(folder.File("export"), withJacobian: false, CancellationToken.None);
        Assert.Equal(alpha > 1, export.Contains("final/train/left_vectors.npy"));
        if (alpha > 1)
            Assert.Equal([72, 0], NpyArray.Parse(export.Read("final/train/left_vectors.npy")).Shape);
    }

    [Fact]
    public void A_plan_of_version_null_is_refused() =>
        Assert.Throws<FormatException>(() => PlanEdit.Parse("plan", "null"));

    [Theory]
    [InlineData("training/precision", "training.precision: ")]
    [InlineData("jacobian/precision", "jacobian.precision: ")]
    public void A_wrong_precision_is_refused_by_its_path(string path, string start) =>
        Assert.StartsWith(start, Assert.Throws<FormatException>(() => PlanEdit.Parse(path, "\"float16\"")).Message);

    [Fact]
    public void Energies_over_an_initial_residual_of_zero_are_undefined()
    {
        ImmutableArray<Measurement> rows = ResidualEnergy.Measure(Views.Of(
            new RankCutoff(1), 0.01, [8, 4, 1], Views.Residual(Views.Vector(0, 1, 2, 0), Views.Vector(0, 0, 0, 0))));
        Assert.Equal("undefined", Views.Row(rows, "total").Status);
        Assert.Equal("undefined", Views.Row(rows, "information").Status);
    }

    [Fact]
    public void Energies_of_a_residual_of_zero_are_zero()
    {
        ImmutableArray<Measurement> rows = ResidualEnergy.Measure(Views.Of(
            new RankCutoff(1), 0.01, [8, 4, 1], Views.Residual(Views.Vector(0, 0, 0, 0), Views.Vector(0, 1, 2, 0))));
        Assert.Equal((0, "ok"), (Views.Row(rows, "total").Value, Views.Row(rows, "total").Status));
        Assert.Equal((0, "ok"), (Views.Row(rows, "information").Value, Views.Row(rows, "information").Status));
    }

    [Fact]
    public void A_Jacobian_of_zeros_has_numerical_rank_zero()
    {
        SingularSpectrum spectrum = new([0, 0], 0, 2, 5, "made");
        Assert.Equal(0, spectrum.TrustedCount);
        Assert.NotEqual(2, new RelativeCutoff(0.5).Resolve(spectrum).Split?.Rank);
    }

    [Fact]
    public void An_epoch_beyond_32_bits_is_a_damaged_table() =>
        Assert.Throws<FormatException>(() => ResultTables.ReadTraining(CsvTable.Parse(Encoding.UTF8.GetBytes(
            "epoch,split,target,loss,error,errors,examples\n99999999999,train,given,0.7,0.6,2,3\n"))));

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"parameters\":\"many\"}")]
    [InlineData("{\"parameters\":[]}")]
    public void Dataset_facts_of_another_type_are_a_damaged_file(string json)
    {
        using TemporaryFolder folder = new();
        ArtifactFolder payload = new(folder.Path);
        SmallRun.Into(payload, SmallRun.Plan);
        payload.Write(ResultFiles.DatasetFacts, Encoding.UTF8.GetBytes(json));
        Assert.Throws<FormatException>(() => ResultFiles.Read(payload, "small", "", Catalog.Components));
    }

    [Theory]
    [InlineData("jacobian/method", "\"auto\"")]
    [InlineData("jacobian/method", "\"nonsense\"")]
    [InlineData("jacobian/at/1/epoch", "6")] // training has 5
    [InlineData("jacobian/at/1/name", "\"initial\"")] // twice
    [InlineData("jacobian/at", "[{\"name\":\"final\",\"epoch\":5},{\"name\":\"initial\",\"epoch\":0}]")] // decreasing
    [InlineData("jacobian/splits", "[\"train\",\"train\"]")]
    [InlineData("jacobian/precision", "\"float32\"")] // the runner computes in binary64 whatever it says
    [InlineData("training/batch_size", "25")] // n = 24
    [InlineData("cutoff/rank/rank", "1000")] // min(nK, p) = 36
    [InlineData("network", "{\"layers\":{\"sequence\":[{\"relu\":{}}]}}")] // gives [1, 8, 8], not [3]
    public void A_plan_that_cannot_be_followed_is_no_plan(string path, string json) =>
        Assert.Throws<FormatException>(() => PlanEdit.Parse(path, json));

    [Fact]
    public void Halves_of_decimal_rates_are_rounded_up()
    {
        ImmutableArray<int> clean = [.. Enumerable.Range(0, 50).Select(i => i % 3)];
        Assert.Equal(15, new UniformNoise(0.29).Corrupt(TargetArrays.OneHot(clean, 3), 1).Labels.Zip(clean, (a, b) => a != b).Count(changed => changed));
    }

    [Fact]
    public void Softplus_is_log_1_plus_exp_x_beyond_20_too()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor x = tensor([20.001], [1, 1], requires_grad: true);
        Tensor y = new Softplus().Forward(x, [], ForwardPass.Evaluation);
        y.sum().backward();
        Assert.Equal(20.001 + Math.Log(1 + Math.Exp(-20.001)), y.item<double>(), 1e-13);
        Assert.Equal(1 / (1 + Math.Exp(-20.001)), x.grad!.item<double>(), 1e-13);
    }
}
