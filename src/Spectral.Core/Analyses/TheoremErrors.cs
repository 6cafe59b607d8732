using System.Collections.Immutable;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The test error at a recorded epoch, to stand beside a theorem's bound of it. The theorems take training and test
/// examples from one distribution: with label noise in training they speak of test labels with the same noise, which
/// are drawn here; the error on clean labels is another number.
/// </summary>
internal static class TheoremErrors
{
    /// <summary>The error on clean test labels, and with noise also on noisy ones, with 95 % intervals.</summary>
    public static ImmutableArray<TheoremLine> At(RunView run, TheoremMoment moment)
    {
        SplitView test = run.Split("test");
        ImmutableArray<int> given = run.Plan.Noise is NoNoise ? test.CleanLabels : Noisy(run.Plan, test);
        return
        [
            Line(test, moment, given, "given", "on test labels with the same noise as the training labels"),
            Line(test, moment, test.CleanLabels, "clean", "on clean test labels"),
        ];
    }

    /// <summary>The noise has a stream of its own here: training labels and test labels are independent.</summary>
    private static ImmutableArray<int> Noisy(RunPlan plan, SplitView test)
    {
        ulong seed = new RandomStream(plan.Seeds.Of("noise"), "analyses/theorems/test-noise").NextUInt64();
        return plan.Noise.Corrupt(TargetArrays.OneHot(test.CleanLabels, test.Classes), seed).Labels;
    }

    private static TheoremLine Line(
        SplitView test, TheoremMoment moment, ImmutableArray<int> labels, string target, string note)
    {
        int errors = 0;
        for (int example = 0; example < test.Examples; example++)
        {
            ReadOnlySpan<float> outputs = test.OutputsOf(moment.Record).Slice(example * test.Classes, test.Classes);
            int largest = 0;
            for (int c = 1; c < test.Classes; c++)
                largest = outputs[c] > outputs[largest] ? c : largest;
            errors += largest == labels[example] ? 0 : 1;
        }

        (double lower, double upper) = BinomialInterval.Of(errors, test.Examples);
        Enclosure rate = new((double)errors / test.Examples, lower, upper);
        return new TheoremLine("measured", "test_error", rate, "", double.NaN, "", note)
        {
            Epoch = moment.Epoch,
            Split = "test",
            Target = target,
        };
    }
}
