using System.Runtime.InteropServices;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using Spectral.Core.Tests.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>
/// A whole run's numbers, recomputed from the files of its payload by slow and separate means: rows by autograd, the SVD
/// with a full left basis, and the nuisance space by its own basis.
/// </summary>
public sealed class RunAgainstOracleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("initial", "train")]
    [InlineData("initial", "test")]
    [InlineData("final", "train")]
    [InlineData("final", "test")]
    public void Sigma_alignment_and_residual_energies_are_those_of_the_oracle(string checkpoint, string split)
    {
        ArtifactFolder payload = new(_folder.Path);
        RunResult result = SmallRun.Into(payload, SmallRun.Plan).Result;
        Assert.Null(result.DivergedAt);
        using IDisposable scope = NewDisposeScope();
        Tensor outputs = Outputs(payload, checkpoint, split), initial = Outputs(payload, "initial", split);
        Tensor jacobian = RowOracle.Jacobian(Layout, Inputs(split), Weights(payload, checkpoint)).detach();
        (Tensor basis, Tensor sigma, _) = linalg.svd(jacobian, fullMatrices: true);

        double[] expected = sigma.data<double>().ToArray();
        double[] found = NpyArray.Parse(payload.Read($"results/{checkpoint}/{split}/singular_values.npy")).ToDoubles();
        Assert.Equal(expected.Length, found.Length);
        for (int s = 0; s < expected.Length; s++)
            Assert.InRange(found[s] - expected[s], -1e-10 * expected[0], 1e-10 * expected[0]);

        Tensor given = OneHot(payload, split, "labels"), clean = OneHot(payload, split, "labels_clean");
        Tensor centring = eye(given.shape[0], dtype: ScalarType.Float64) - (1.0 / given.shape[0]);
        foreach ((string target, Tensor y, Func<Tensor, Tensor> residual) in new (string, Tensor, Func<Tensor, Tensor>)[]
        {
            ("given", given, f => f - given),
            ("clean", clean, f => f - clean),
            ("centred", centring.mm(given), f => centring.mm(f - given)),
        })
        {
            Agree("label_alignment", "information", target, Math.Sqrt(Energy(basis, y, 0, 4) / Total(y)));
            Agree("label_alignment", "nuisance", target, Math.Sqrt(Energy(basis, y, 4, jacobian.shape[0]) / Total(y)));
            Tensor now = residual(outputs), start = residual(initial);
            Agree("residual_energy", "information", target, Energy(basis, now, 0, 4) / Total(start));
            Agree("residual_energy", "nuisance", target, Energy(basis, now, 4, jacobian.shape[0]) / Total(start));
            Agree("residual_energy", "total", target, Total(now) / Total(start));
            Agree("residual_energy", "information_share", target, Energy(basis, now, 0, 4) / Total(now));
            Agree("residual_energy", "initial_nuisance", target, Math.Sqrt(Energy(basis, start, 4, jacobian.shape[0]) / Total(start)));
        }

        void Agree(string analysis, string quantity, string target, double value)
        {
            Measurement row = Assert.Single(result.Measurements, row =>
                (row.Analysis, row.Quantity, row.SpectrumAt, row.Split, row.Target) == (analysis, quantity, checkpoint, split, target));
            Assert.InRange(row.Value - value, -1e-9, 1e-9);
            Assert.InRange(value, row.Lower - 1e-12, row.Upper + 1e-12);
            Assert.Equal(4, row.CutoffRank);
            Assert.Equal("ok", row.Status);
        }
    }

    [Fact]
    public void Results_read_from_the_files_are_those_of_the_run()
    {
        ArtifactFolder payload = new(_folder.Path);
        RunResult result = SmallRun.Into(payload, SmallRun.Plan).Result;
        RunResult read = ResultFiles.Read(payload, "small", "", Catalog.Components);
        Assert.Equal(result.PlanHash, read.PlanHash);
        Assert.Equal(result.Training, read.Training);
        Assert.Equal(result.Measurements, read.Measurements);
        Assert.Equal(result.Parameters, read.Parameters);
        Assert.Equal(result.Spectra.Length, read.Spectra.Length);
        for (int i = 0; i < read.Spectra.Length; i++)
        {
            Assert.Equal(result.Spectra[i].Spectrum.Values, read.Spectra[i].Spectrum.Values);
            Assert.Equal(result.Spectra[i].Spectrum with { Values = [] }, read.Spectra[i].Spectrum with { Values = [] });
        }
    }

    private static NetworkLayout Layout =>
        NetworkLayout.Of(SmallRun.Plan);

    private static Tensor Inputs(string split)
    {
        DatasetArrays arrays = SmallRun.Plan.Dataset.Load(DataFolders.None, 1);
        SplitArrays chosen = split == "train" ? arrays.Train : arrays.Test;
        return tensor(chosen.Inputs.ToArray(), [chosen.Count, 1, 8, 8]).to(ScalarType.Float64);
    }

    private static Tensor[] Weights(ArtifactFolder payload, string checkpoint) =>
    [
        .. Safetensors.Parse(payload.Read($"checkpoints/{checkpoint}.safetensors"))
            .OrderBy(weight => Layout.Parameters.Select(parameter => parameter.Name).ToList().IndexOf(weight.Name))
            .Select(weight => tensor(MemoryMarshal.Cast<byte, float>(weight.Data.Span).ToArray(), [.. weight.Shape]).to(ScalarType.Float64)),
    ];

    /// <summary>f by an independent forward pass: tanh MLP from the checkpoint's weights.</summary>
    private static Tensor Outputs(ArtifactFolder payload, string checkpoint, string split)
    {
        Tensor[] w = Weights(payload, checkpoint);
        Tensor hidden = (Inputs(split).flatten(1).mm(w[0].t()) + w[1]).tanh();
        return hidden.mm(w[2].t()) + w[3];
    }

    private static Tensor OneHot(ArtifactFolder payload, string split, string name) =>
        eye(3, dtype: ScalarType.Float64).index_select(
            0, tensor(NpyArray.Parse(payload.Read($"dataset/{split}/{name}.npy")).ToLongs()));

    private static double Energy(Tensor basis, Tensor vector, long from, long to) =>
        basis.narrow(1, from, to - from).t().mv(vector.flatten()).square().sum().item<double>();

    private static double Total(Tensor vector) => vector.square().sum().item<double>();
}
