using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What the analyses are predicted to cost beside their first calls. Shapes decide; nothing is loaded.</summary>
/// <param name="Flops">Floating-point operations.</param>
/// <param name="Bytes">Peak memory of Gram matrices, in bytes.</param>
/// <param name="Seconds">Time.</param>
internal sealed record AnalysisCost(double Flops, double Bytes, double Seconds)
{
    /// <summary>The analyses of a plan.</summary>
    public static AnalysisCost Of(RunPlan plan, NetworkLayout layout, MachineProfile profile)
    {
        MachineRates rates = profile.Rates;
        int outputs = plan.Dataset.ClassNames.Length;
        double flops = 0, bytes = 0, seconds = 0, columns = layout.ColumnCount(plan);
        foreach (Analysis analysis in plan.Analyses)
        {
            AnalysisWork work = analysis.Work;
            foreach (string split in plan.Jacobian.Splits)
            {
                double rows = (double)plan.JacobianExamples(split) * outputs;
                double pass = SpectrumCost.RowFlops(layout, plan.JacobianExamples(split), outputs);
                double passSeconds = (pass / rates.RowFlops)
                    + (rates.RowCallSeconds * SpectrumCost.RowCalls(layout, plan.JacobianExamples(split), outputs));
                double products = work.Passes * 4 * rows * columns * work.Vectors;
                double matrices = work.Matrices * rows * rows * layout.PairCost(plan);
                int forming = work.Passes + work.Matrices;
                flops += plan.Jacobian.At.Length * (products + matrices + (forming * pass));
                seconds += plan.Jacobian.At.Length * ((products / rates.KrylovFlops) + (matrices / rates.GramFlops)
                    + (forming * passSeconds));
                if (work.Matrices > 0)
                    bytes = Math.Max(bytes, 2 * sizeof(double) * rows * rows);
            }
        }

        return new AnalysisCost(flops, bytes, seconds);
    }
}
