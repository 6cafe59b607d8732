using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Formats;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Kernel alignments of a run, against H K H formed from the exported Jacobian.</summary>
public sealed class KernelAlignmentTests(ShapeRun run) : IClassFixture<ShapeRun>
{
    [Theory]
    [MemberData(nameof(ShapeRun.Spectra), MemberType = typeof(ShapeRun))]
    public void The_alignment_is_that_of_H_K_H_formed(string checkpoint, string split)
    {
        Matrix<double> jacobian = run.Jacobian(checkpoint, split);
        foreach (string target in new[] { "given", "clean" })
        {
            Matrix<double> labels = run.OneHot(split, target);
            ShapeRun.Agree(
                run.Row("kernel_alignment", "alignment", checkpoint, split, target),
                Alignment(jacobian * jacobian.Transpose(), labels));
        }
    }

    [Theory]
    [MemberData(nameof(ShapeRun.Spectra), MemberType = typeof(ShapeRun))]
    public void Each_layer_has_the_alignment_of_its_own_columns(string checkpoint, string split)
    {
        Matrix<double> jacobian = run.Jacobian(checkpoint, split);
        CsvTable table = run.Table("kernel_alignment_layers");
        ImmutableArray<ImmutableArray<string>> rows =
        [
            .. table.Rows.Where(row =>
                row[table.Column("spectrum_at")] == checkpoint && row[table.Column("split")] == split),
        ];
        Assert.Equal(4, rows.Length);
        foreach (ImmutableArray<string> row in rows)
        {
            // 64 inputs, 6 hidden units, 3 outputs, with biases.
            int parameters = (int)CsvTable.ParseNumber(row[table.Column("parameters")]);
            Matrix<double> own = parameters == 390
                ? jacobian.SubMatrix(0, jacobian.RowCount, 0, 390)
                : jacobian.SubMatrix(0, jacobian.RowCount, 390, 21);
            double expected = Alignment(own * own.Transpose(), run.OneHot(split, row[table.Column("target")]));
            Assert.Equal(expected, Cell(row, "alignment"), 1e-10);
            Assert.InRange(expected, Cell(row, "lower") - 1e-12, Cell(row, "upper") + 1e-12);
        }

        Assert.Equal(2, rows.Select(row => row[table.Column("layer")]).Distinct().Count());

        double Cell(ImmutableArray<string> row, string column) => CsvTable.ParseNumber(row[table.Column(column)]);
    }

    [Theory]
    [InlineData("initial", "corrupted")]
    [InlineData("final", "corrupted")]
    [InlineData("final", "uncorrupted")]
    public void Corrupted_and_uncorrupted_examples_have_the_alignment_of_their_part_of_the_kernel(
        string checkpoint, string group)
    {
        Matrix<double> given = run.OneHot("train", "given"), clean = run.OneHot("train", "clean");
        int[] members =
            [.. Enumerable.Range(0, 24).Where(i => given.Row(i).Equals(clean.Row(i)) == (group == "uncorrupted"))];
        Assert.Equal(group == "corrupted" ? 8 : 16, members.Length);
        Matrix<double> jacobian = run.Jacobian(checkpoint, "train");
        Matrix<double> part = Matrix<double>.Build.DenseOfRowVectors(
            members.SelectMany(i => Enumerable.Range(i * 3, 3)).Select(jacobian.Row));
        foreach (string target in new[] { "given", "clean" })
        {
            Matrix<double> labels = target == "given" ? given : clean;
            ShapeRun.Agree(
                run.Row("kernel_alignment", group + "_alignment", checkpoint, "train", target),
                Alignment(part * part.Transpose(), Matrix<double>.Build.DenseOfRowVectors(members.Select(labels.Row))));
        }
    }

    [Fact]
    public void A_kernel_that_is_its_class_means_alone_has_no_alignment()
    {
        // Every example the same: H K H is 0 up to rounding, and only its ends are known.
        CentredKernel kernel = new([Enclosure.Around(1e-15, 1e-12)], Enclosure.Around(1e-15, 1e-12));
        Assert.Equal(Enclosure.Undefined, kernel.Alignment(0, 2));
        Assert.Equal(Enclosure.Undefined, new CentredKernel([Enclosure.Exact(0)], Enclosure.Exact(3)).Alignment(0, 0));
        Assert.Equal(1, new CentredKernel([Enclosure.Exact(6)], Enclosure.Exact(3)).Alignment(0, 2).Value);
    }

    [Fact]
    public void It_is_measured_only_where_a_spec_names_it_and_groups_need_noise()
    {
        Assert.False(new KernelAlignment(false, false).IsPreset);
        Assert.Null(new KernelAlignment(true, false).Inapplicable(ShapeRun.Plan with { Noise = new NoNoise() }));
        Assert.NotNull(new KernelAlignment(false, true).Inapplicable(ShapeRun.Plan with { Noise = new NoNoise() }));
    }

    private static double Alignment(Matrix<double> kernel, Matrix<double> labels)
    {
        int n = labels.RowCount;
        Matrix<double> h = (Matrix<double>.Build.DenseIdentity(n) - (Matrix<double>.Build.Dense(n, n, 1) / n))
            .KroneckerProduct(Matrix<double>.Build.DenseIdentity(labels.ColumnCount));
        Matrix<double> centred = h * kernel * h;
        Vector<double> y = h * ShapeRun.Flat(labels);
        return y * centred * y / (centred.FrobeniusNorm() * (y * y));
    }
}
