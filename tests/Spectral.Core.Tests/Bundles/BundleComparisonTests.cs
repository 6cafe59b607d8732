using System.Text;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>Which verdict each kind of difference gets, and with which distance.</summary>
public sealed class BundleComparisonTests : IDisposable
{
    private const string Sigma = "results/final/train/singular_values.npy";
    private const string Vectors = "results/final/train/left_vectors.npy";

    private readonly TemporaryFolder _temporary = new();
    private readonly ArtifactFolder _original;
    private readonly ArtifactFolder _again;

    public BundleComparisonTests()
    {
        (_original, _again) = (new ArtifactFolder(_temporary.File("a")), new ArtifactFolder(_temporary.File("b")));
        SampleBundle.Fill(_original);
        SampleBundle.Fill(_again);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Equal_runs_are_bitwise_equal_whatever_their_reports_and_records_say()
    {
        _again.Write("record/environment.json", "[]"u8);
        _again.Write("report/report.html", ""u8);
        var verdicts = BundleComparison.Compare(_original, _again, Tolerances.Standard);
        Assert.Equal(ContentDigest.Compute(_original).Files.Keys, verdicts.Select(verdict => verdict.Path));
        Assert.All(verdicts, verdict => Assert.Equal(Verdict.Bitwise, verdict.Verdict));
    }

    [Theory]
    [InlineData(1e-6, Verdict.Drift)]
    [InlineData(1e-11, Verdict.Drift)]
    [InlineData(1e-13, Verdict.WithinTolerance)]
    public void A_singular_value_is_compared_relative_to_the_largest(double relative, Verdict expected)
    {
        var verdict = After(Sigma, NpyArray.Of([4.0, 2.0 + 4 * relative, 1.0, double.NaN], 4).ToBytes());
        Assert.Equal((expected, "max |d sigma| / sigma_1"), (verdict.Verdict, verdict.Measure));
        Assert.Equal(relative, verdict.Distance!.Value, relative * 1e-2);
        Assert.Equal(1e-12, verdict.Tolerance);
    }

    [Theory]
    [InlineData(1.0000001e-12, double.NaN, Verdict.WithinTolerance)]
    [InlineData(double.NaN, 3e-12, Verdict.WithinTolerance)]
    [InlineData(double.NaN, 4e-10, Verdict.Drift)]
    [InlineData(4e-10, double.NaN, Verdict.Drift)]
    [InlineData(1.0, double.NaN, Verdict.Drift)]
    public void A_value_that_crosses_the_trust_floor_is_compared_as_the_floor(double a, double b, Verdict expected)
    {
        _original.Write(Sigma, NpyArray.Of([4.0, a], 2).ToBytes());
        Assert.Equal(expected, After(Sigma, NpyArray.Of([4.0, b], 2).ToBytes()).Verdict);
    }

    [Fact]
    public void Without_a_stated_floor_a_crossing_counts_in_full()
    {
        _original.Write("results/measurements.csv", "quantity\n"u8);
        _again.Write("results/measurements.csv", "quantity\n"u8);
        _original.Write(Sigma, NpyArray.Of([4.0, 1.0], 2).ToBytes());
        Assert.Equal(0.25, After(Sigma, NpyArray.Of([4.0, double.NaN], 2).ToBytes()).Distance);
        Assert.Equal(Verdict.Drift, After(Sigma, NpyArray.Of([double.NaN, double.NaN], 2).ToBytes()).Verdict);
    }

    [Theory]
    [InlineData(0.0, Verdict.WithinTolerance)]
    [InlineData(1e-7, Verdict.WithinTolerance)]
    [InlineData(1e-3, Verdict.Drift)]
    [InlineData(Math.PI / 2, Verdict.Drift)]
    public void Vectors_are_compared_by_the_angle_of_their_spans(double angle, Verdict expected)
    {
        // Turned by `angle` out of the plane of e_1 and e_2, then mixed within the span and flipped in sign.
        double[] u = [Math.Cos(angle), 0, Math.Sin(angle)];
        double[] v = [0, 1, 0];
        double[] mixed =
        [
            .. Enumerable.Range(0, 3).SelectMany(
                i => new[] { -0.6 * u[i] - 0.8 * v[i], 0.8 * u[i] - 0.6 * v[i] }),
        ];
        var verdict = After(Vectors, NpyArray.Of(mixed, 3, 2).ToBytes());
        Assert.Equal((expected, "sine of the largest principal angle"), (verdict.Verdict, verdict.Measure));
        Assert.Equal(Math.Sin(angle), verdict.Distance!.Value, 1e-12);
    }

    [Theory]
    [InlineData(3e-4f, Verdict.WithinTolerance)]
    [InlineData(6e-4f, Verdict.Drift)]
    public void Single_precision_arrays_may_be_a_ten_thousandth_apart(float difference, Verdict expected)
    {
        var verdict = After("results/outputs/train.npy", NpyArray.Of([1f + difference, 2f, -4f], 1, 3).ToBytes());
        Assert.Equal((expected, 1e-4), (verdict.Verdict, verdict.Tolerance));
        Assert.Equal(difference / 4, verdict.Distance!.Value, 1e-7);
    }

    [Theory]
    [InlineData(1e-6, Verdict.WithinTolerance)]
    [InlineData(1e-5, Verdict.Drift)]
    [InlineData(double.NaN, Verdict.Drift)]
    public void Double_precision_arrays_may_be_a_millionth_apart(double difference, Verdict expected)
    {
        _original.Write("results/final/train/projections.npy", NpyArray.Of([1.0, -4.0], 2).ToBytes());
        var verdict = After("results/final/train/projections.npy", NpyArray.Of([1.0 + difference, -4.0], 2).ToBytes());
        Assert.Equal((expected, 1e-6), (verdict.Verdict, verdict.Tolerance));
        Assert.Equal(double.IsNaN(difference), verdict.Distance is null);
    }

    [Fact]
    public void Beside_zeros_every_difference_is_drift()
    {
        _original.Write("results/zeros.npy", NpyArray.Of([0.0, 0.0], 2).ToBytes());
        var signed = After("results/zeros.npy", NpyArray.Of([0.0, -0.0], 2).ToBytes());
        Assert.Equal(Verdict.WithinTolerance, signed.Verdict);
        var tiny = After("results/zeros.npy", NpyArray.Of([0.0, 1e-300], 2).ToBytes());
        Assert.Equal(Verdict.Drift, tiny.Verdict);
    }

    [Fact]
    public void Integers_are_equal_or_not()
    {
        var verdict = After("dataset/labels.npy", NpyArray.Of([1L, 1L, 1L], 3).ToBytes());
        Assert.Equal(
            (Verdict.Drift, 2.0, "elements that differ"), (verdict.Verdict, verdict.Distance, verdict.Measure));
    }

    [Theory]
    [InlineData(Sigma)]
    [InlineData(Vectors)]
    [InlineData("results/outputs/train.npy")]
    [InlineData("dataset/labels.npy")]
    public void Another_shape_or_type_is_drift_that_says_so(string path)
    {
        var shape = After(path, NpyArray.Of([1.0], 1).ToBytes());
        Assert.Equal(Verdict.Drift, shape.Verdict);
        Assert.Matches("shape|element type", shape.Measure);
        Assert.StartsWith("unreadable", After(path, [1, 2, 3]).Measure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,train,0.2500001", Verdict.WithinTolerance)]
    [InlineData("1,train,0.250001", Verdict.Drift)]
    [InlineData("2,train,0.25", Verdict.Drift)]
    [InlineData("1,test,0.25", Verdict.Drift)]
    [InlineData("1,train,nan", Verdict.Drift)]
    [InlineData("1,train,0.25\n2,train,0.1", Verdict.Drift)]
    public void Tables_may_differ_in_the_last_digits_of_reals_only(string row, Verdict expected)
    {
        var table = Encoding.UTF8.GetBytes($"epoch,split,loss\n0,train,0.5\n{row}\n");
        Assert.Equal(expected, After("results/training.csv", table).Verdict);
    }

    [Fact]
    public void A_table_that_drifts_says_where()
    {
        var verdict = After("results/training.csv", "epoch,split,loss\n0,train,0.5\n1,test,0.25\n"u8.ToArray());
        Assert.Equal("row 2, split: 'train', then 'test'", verdict.Measure);
        Assert.Equal("other columns", After("results/training.csv", "epoch,split,error\n"u8.ToArray()).Measure);
        var distance = After("results/training.csv", "epoch,split,loss\n0,train,0.5\n1,train,0.26\n"u8.ToArray());
        Assert.Equal(1.0, distance.Tolerance);
        Assert.Equal(0.01 / (1e-9 + 0.25e-6), distance.Distance!.Value, 1e-6);
    }

    [Fact]
    public void Weights_have_no_tolerance_but_a_distance()
    {
        var verdict = After("checkpoints/final.safetensors", SampleBundle.Weights(1f, 2.0000002f));
        Assert.Equal((Verdict.Drift, "max |d w|", null), (verdict.Verdict, verdict.Measure, verdict.Tolerance));
        Assert.Equal(2.0000002f - 2f, verdict.Distance!.Value, 1e-12);
        var other = After("checkpoints/final.safetensors", SampleBundle.Weights(1f, 2f, 3f));
        Assert.Equal((Verdict.Drift, "w: shape (2), then (3)"), (other.Verdict, other.Measure));
        var infinite = After("checkpoints/final.safetensors", SampleBundle.Weights(1f, float.NaN));
        Assert.Equal((Verdict.Drift, null), (infinite.Verdict, infinite.Distance));
    }

    [Fact]
    public void A_plan_is_equal_or_not()
    {
        var verdict = After("plan.json", "{}"u8.ToArray());
        Assert.Equal((Verdict.Drift, null), (verdict.Verdict, verdict.Distance));
    }

    [Fact]
    public void A_file_in_one_run_only_is_missing()
    {
        File.Delete(Path.Combine(_again.Root, Sigma));
        _again.Write("results/more.npy", []);
        var missing = BundleComparison.Compare(_original, _again, Tolerances.Standard).Where(verdict => verdict.Verdict == Verdict.Missing);
        Assert.Equal([(Sigma, "only in the original"), ("results/more.npy", "only in the second run")],
            missing.Select(verdict => (verdict.Path, verdict.Measure)));
    }

    private ArtifactVerdict After(string path, byte[] bytes)
    {
        _again.Write(path, bytes);
        return BundleComparison.Compare(_original, _again, Tolerances.Standard).Single(verdict => verdict.Path == path);
    }
}
