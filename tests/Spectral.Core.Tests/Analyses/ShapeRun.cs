using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>
/// One small run with every analysis of one spectrum at a time, exported with Jacobians: tests compute its numbers
/// again from the exported arrays, by MathNet's SVD and plain loops.
/// </summary>
public sealed class ShapeRun : IDisposable
{
    private readonly AnalysedRun _run = new(Plan);

    /// <summary>The small plan, r = 4, with these analyses.</summary>
    public static RunPlan Plan { get; } = SmallRun.Plan with
    {
        Analyses =
        [
            new LabelAlignment(), new PseudoInverse(), new EarlyStoppingValue(4), new EnergyCurve(),
            new SpectrumShape([2, 5, 40, 1000], 0, 4), new KernelAlignment(true, true),
        ],
    };

    /// <summary>Every checkpoint and split.</summary>
    public static TheoryData<string, string> Spectra { get; } =
        new() { { "initial", "train" }, { "initial", "test" }, { "final", "train" }, { "final", "test" } };

    /// <summary>What the run measured.</summary>
    public ImmutableArray<Measurement> Measurements => _run.Measurements;

    /// <summary>A table as the run wrote it.</summary>
    public CsvTable Table(string name) => _run.Table(name);

    /// <summary>J [nK, p].</summary>
    public Matrix<double> Jacobian(string checkpoint, string split) => Matrix($"{checkpoint}/{split}/jacobian.npy");

    /// <summary>Given or clean labels as one-hot rows [n, K].</summary>
    public Matrix<double> OneHot(string split, string target)
    {
        string file = target == "given" ? "labels" : "labels_clean";
        long[] labels = _run.Longs($"{split}/{file}.npy");
        return Matrix<double>.Build.Dense(labels.Length, 3, (i, c) => labels[i] == c ? 1 : 0);
    }

    /// <summary>A label vector [nK]: <c>given</c>, <c>clean</c> or <c>centred</c>.</summary>
    public Vector<double> Label(string split, string target) =>
        target == "centred" ? Flat(Centred(OneHot(split, "given"))) : Flat(OneHot(split, target));

    /// <summary>r = f - y [nK] at a checkpoint.</summary>
    public Vector<double> Residual(string checkpoint, string split, string target)
    {
        Matrix<double> residual =
            Matrix($"{checkpoint}/{split}/outputs.npy") - OneHot(split, target == "centred" ? "given" : target);
        return Flat(target == "centred" ? Centred(residual) : residual);
    }

    /// <summary>Columns less their means.</summary>
    public static Matrix<double> Centred(Matrix<double> values)
    {
        Matrix<double> centred = values.Clone();
        for (int c = 0; c < values.ColumnCount; c++)
            centred.SetColumn(c, values.Column(c) - (values.Column(c).Sum() / values.RowCount));
        return centred;
    }

    /// <summary>Sample-major, (i, c) = i*K + c.</summary>
    public static Vector<double> Flat(Matrix<double> values) =>
        Vector<double>.Build.Dense([.. values.ToRowMajorArray()]);

    /// <summary>The one row of a quantity.</summary>
    public Measurement Row(string analysis, string quantity, string checkpoint, string split, string target = "") =>
        _run.Row(analysis, quantity, checkpoint, split, target);

    /// <summary>A row's value, within a tolerance, and its ends around the true one.</summary>
    public static void Agree(Measurement row, double value, double tolerance = 1e-9)
    {
        Assert.Equal("ok", row.Status);
        Assert.Equal(value, row.Value, tolerance * Math.Max(1, Math.Abs(value)));
        Assert.InRange(value, row.Lower - (1e-11 * Math.Abs(value)), row.Upper + (1e-11 * Math.Abs(value)));
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();

    private Matrix<double> Matrix(string path) => Matrix<double>.Build.DenseOfRowArrays(_run.Matrix(path));
}
