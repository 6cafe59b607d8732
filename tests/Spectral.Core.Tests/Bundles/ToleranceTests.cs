using System.Text;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>The rules of verdicts that need more than one file: gaps, intervals, counts, and an author's tolerances.</summary>
public sealed class ToleranceTests : IDisposable
{
    private const string Sigma = "results/final/train/singular_values.npy";
    private const string Vectors = "results/final/train/left_vectors.npy";
    private const string Measurements = "results/measurements.csv";
    private const string Training = "results/training.csv";

    private static readonly Tolerances Loose =
        new(1e-5, 1e-3, new ValueTolerance(0.1, 0), new ArrayTolerance(0.5, 0.25), 2);

    private readonly TemporaryFolder _temporary = new();
    private readonly ArtifactFolder _original;
    private readonly ArtifactFolder _again;

    public ToleranceTests()
    {
        (_original, _again) = (new ArtifactFolder(_temporary.File("a")), new ArtifactFolder(_temporary.File("b")));
        SampleBundle.Fill(_original);
        SampleBundle.Fill(_again);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void A_cut_inside_a_cluster_compares_the_block_before_it_and_says_so()
    {
        // e_2 became e_3, but sigma_2 and sigma_3 are equal: only the span of e_1 is well defined.
        Spectra([4.0, 2.0, 2.0, 1.0], [4.0, 2.0, 2.0, 1.0]);
        ArtifactVerdict verdict = After(Vectors, NpyArray.Of([1.0, 0, 0, 0, 0, 1], 3, 2).ToBytes());
        Assert.Equal(Verdict.WithinTolerance, verdict.Verdict);
        Assert.Equal(0, verdict.Distance!.Value, 1e-15);
        Assert.Equal(
            "the cut falls into a cluster, sigma_2 - sigma_3 < 1e-6 sigma_1: compared are the first 1 of 2 vectors",
            verdict.Note);
        // e_1 became e_3 instead, and that span is.
        Assert.Equal(Verdict.Drift, After(Vectors, NpyArray.Of([0.0, 0, 0, 1, 1, 0], 3, 2).ToBytes()).Verdict);
    }

    [Fact]
    public void A_cluster_of_the_second_run_alone_counts_too()
    {
        Spectra([4.0, 2.0, 1.0, 0.5], [4.0, 2.0, 2.0, 0.5]);
        Assert.Equal(Verdict.WithinTolerance, After(Vectors, NpyArray.Of([1.0, 0, 0, 0, 0, 1], 3, 2).ToBytes()).Verdict);
        Spectra([4.0, 2.0, 1.0, 0.5], [4.0, 2.0, 1.0, 0.5]);
        Assert.Equal(Verdict.Drift, After(Vectors, NpyArray.Of([1.0, 0, 0, 0, 0, 1], 3, 2).ToBytes()).Verdict);
    }

    [Fact]
    public void Where_no_span_is_well_defined_columns_must_still_be_orthonormal()
    {
        Spectra([4.0, 4.0, 4.0, 1.0], [4.0, 4.0, 4.0, 1.0]);
        ArtifactVerdict turned = After(Vectors, NpyArray.Of([0.0, 0, 0, 1, 1, 0], 3, 2).ToBytes());
        Assert.Equal((Verdict.WithinTolerance, null), (turned.Verdict, turned.Distance));
        Assert.Contains("nothing is compared", turned.Finding, StringComparison.Ordinal);
        Assert.Equal(Verdict.Drift, After(Vectors, NpyArray.Of([0.0, 0, 0, 1, 2, 0], 3, 2).ToBytes()).Verdict);
    }

    [Theory]
    [InlineData(2, Verdict.Drift)] // the spectrum is complete: p = 2, and 0 stands behind sigma_2
    [InlineData(9, Verdict.WithinTolerance)] // the next value was not computed, so that no gap is known
    public void Behind_the_last_computed_value_a_gap_is_known_of_a_complete_spectrum_only(int parameters, Verdict expected)
    {
        foreach (ArtifactFolder payload in (ArtifactFolder[])[_original, _again])
        {
            payload.Write(Measurements, Encoding.UTF8.GetBytes(
                $"quantity,spectrum_at,split,value\nparameters,final,train,{parameters}\n"));
        }

        Spectra([4.0, 2.0], [4.0, 2.0]);
        Assert.Equal(expected, After(Vectors, NpyArray.Of([1.0, 0, 0, 0, 0, 1], 3, 2).ToBytes()).Verdict);
    }

    [Theory]
    [InlineData("0.79,0.71,0.81", Verdict.WithinTolerance)] // 0.75 lies in [0.7, 0.8], and so does 0.79
    [InlineData("0.801,0.7,0.8", Verdict.Drift)]
    [InlineData("0.75,0.7,0.91", Verdict.Drift)] // an end may move by the interval's width
    [InlineData("0.79,0.785,0.8", Verdict.Drift)] // 0.75 does not lie in the second run's interval
    [InlineData("nan,0.7,0.8", Verdict.Drift)]
    public void A_number_may_move_within_its_own_interval(string row, Verdict expected)
    {
        _original.Write(Measurements, "quantity,value,lower,upper,unit\nshare,0.75,0.7,0.8,\n"u8);
        Assert.Equal(expected, After(Measurements, Encoding.UTF8.GetBytes(
            $"quantity,value,lower,upper,unit\nshare,{row},\n")).Verdict);
    }

    [Fact]
    public void A_large_real_without_a_point_is_no_integer_but_a_column_of_integers_holds_some()
    {
        _original.Write(Training, "step,ratio\n3,4733251336160176\n4,0.5\n"u8);
        Assert.Equal(Verdict.WithinTolerance, After(Training, "step,ratio\n3,4733251336160460\n4,0.5\n"u8.ToArray()).Verdict);
        ArtifactVerdict step = After(Training, "step,ratio\n3,4733251336160176\n5,0.5\n"u8.ToArray(), Loose);
        Assert.Equal((Verdict.Drift, "row 2, step: '4', then '5'"), (step.Verdict, step.Measure));
    }

    [Fact]
    public void Errors_and_their_rates_are_compared_as_counts()
    {
        _original.Write(Training, "epoch,loss,error,errors,examples\n1,0.5,0.1,3,30\n"u8);
        byte[] two = "epoch,loss,error,errors,examples\n1,0.5,0.16666666666666666,5,30\n"u8.ToArray();
        ArtifactVerdict verdict = After(Training, two);
        Assert.Equal((Verdict.Drift, 2.0, 0.0), (verdict.Verdict, verdict.Distance, verdict.Tolerance));
        // Newcombe's method 10, computed apart; it gives 0.0524 to 0.3339 for his own example, 56/70 and 48/80.
        Assert.Equal("row 1, errors: '3', then '5' of 30; as independent samples the rates differ by -0.115 to 0.248 (95 %)", verdict.Note);
        Assert.Equal(Verdict.WithinTolerance, After(Training, two, Loose).Verdict);
        Assert.Equal(Verdict.Drift, After(Training, "epoch,loss,error,errors,examples\n1,0.5,0.2,6,30\n"u8.ToArray(), Loose).Verdict);
        Assert.Equal(Verdict.Drift, After(Training, "epoch,loss,error,errors,examples\n1,0.7,0.1,3,30\n"u8.ToArray(), Loose).Verdict);
    }

    [Fact]
    public void Measured_error_rates_are_counts_whatever_interval_is_around_them()
    {
        _original.Write(Measurements, Errors("0.1,0.02,0.27", "3,3,3"));
        byte[] two = Errors("0.16666666666666666,0.05,0.35", "5,5,5");
        ArtifactVerdict verdict = After(Measurements, two);
        Assert.Equal((Verdict.Drift, 2.0, "max |d| of counts, in examples"), (verdict.Verdict, verdict.Distance, verdict.Measure));
        Assert.Equal(Verdict.WithinTolerance, After(Measurements, two, Loose).Verdict);
        Assert.Equal(Verdict.Drift, After(Measurements, Errors("0.1,0.02,0.6", "3,3,3")).Verdict);

        static byte[] Errors(string rate, string count) => Encoding.UTF8.GetBytes(
            $"analysis,quantity,value,lower,upper,unit\na,error,{rate},\na,errors,{count},examples\n");
    }

    [Fact]
    public void An_authors_tolerances_take_the_place_of_the_standard_ones()
    {
        byte[] sigma = NpyArray.Of([4.0 + 4e-6, 2.0, 1.0, double.NaN], 4).ToBytes();
        byte[] outputs = NpyArray.Of([1f, 2.5f, -4f], 1, 3).ToBytes();
        byte[] table = "epoch,split,loss\n0,train,0.5\n1,train,0.34\n"u8.ToArray();
        foreach ((string path, byte[] bytes, double tolerance) in new[]
        {
            (Sigma, sigma, 1e-5), ("results/outputs/train.npy", outputs, 0.25), (Training, table, 1),
        })
        {
            Assert.Equal(Verdict.Drift, After(path, bytes).Verdict);
            ArtifactVerdict loose = After(path, bytes, Loose);
            Assert.Equal((Verdict.WithinTolerance, tolerance), (loose.Verdict, loose.Tolerance));
        }
    }

    [Fact]
    public void A_bundle_keeps_tolerances_beside_its_content_and_gives_them_back()
    {
        ArtifactFolder payload = new(_temporary.File("payload"));
        Assert.Equal(Tolerances.Standard, ToleranceFile.In(_original));
        SmallRun.Into(payload, SmallRun.Plan, Loose);
        Assert.Equal(Loose, ToleranceFile.In(payload));
        Assert.False(ContentDigest.Covers(ResultFiles.Verify));
    }

    [Theory]
    [InlineData("[]", "an object with the keys arrays, counts, spectra, subspaces, values")]
    [InlineData("""{"arrays":{"float32":1,"float64":1},"counts":0,"spectra":-1,"subspaces":0,"values":{"absolute":0,"relative":0}}""",
        "a number of 0 or more as 'spectra'")]
    [InlineData("""{"arrays":{"float32":1,"float64":1},"counts":0.5,"spectra":1,"subspaces":0,"values":{"absolute":0,"relative":0}}""",
        "an integer as 'counts'")]
    public void A_file_of_tolerances_that_is_none_is_refused_with_what_is_expected(string json, string expected)
    {
        _original.Write(ResultFiles.Verify, Encoding.UTF8.GetBytes(json));
        FormatException refusal = Assert.Throws<FormatException>(() => ToleranceFile.In(_original));
        Assert.Equal($"verify.json: expected {expected}", refusal.Message);
    }

    private void Spectra(double[] original, double[] again)
    {
        _original.Write(Sigma, NpyArray.Of(original, original.Length).ToBytes());
        _again.Write(Sigma, NpyArray.Of(again, again.Length).ToBytes());
    }

    private ArtifactVerdict After(string path, byte[] bytes, Tolerances? tolerances = null)
    {
        _again.Write(path, bytes);
        return BundleComparison.Compare(_original, _again, tolerances ?? Tolerances.Standard).Single(verdict => verdict.Path == path);
    }
}
