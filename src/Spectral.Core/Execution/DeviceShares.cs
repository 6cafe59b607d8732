using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// How much of a Jacobian a device is predicted to work on at once: <see cref="DeviceTiling"/> with factors counted by the
/// network's shapes, for the tape needs libtorch's tensors.
/// </summary>
internal static class DeviceShares
{
    /// <summary>The cuts of one spectrum.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Its network.</param>
    /// <param name="examples">Examples with rows.</param>
    /// <param name="memory">The device's memory in bytes.</param>
    public static DeviceTiling Of(RunPlan plan, NetworkLayout layout, double examples, double memory)
    {
        double outputs = plan.Dataset.ClassNames.Length;
        // Dense layers are multiplied as factors; whether a convolution is, depends on its places.
        double widest = layout.Differentiated(plan).Where(parameter => parameter.Slot.Shape.Rank == 4)
            .Select(parameter => (double)parameter.Slot.Shape.Count).DefaultIfEmpty(0).Max();
        return DeviceTiling.For(
            examples,
            outputs,
            widest,
            Math.Max(1, FactorNumbers(plan, layout, outputs)),
            DeviceRowCost.Element(plan.Jacobian.Precision),
            memory);
    }

    /// <summary>
    /// Numbers in all layers' factors of one example: what a layer sees and K cotangents of what it gives. A normalisation's
    /// are as large as those of the convolution before it.
    /// </summary>
    private static double FactorNumbers(RunPlan plan, NetworkLayout layout, double outputs)
    {
        double before = plan.Dataset.InputShape.Count, numbers = 0, given = 0, affine = 0;
        foreach (LayerWork work in layout.Work.Where(work => work.Kind is WorkKind.Product or WorkKind.Convolution))
        {
            numbers += before + (outputs * work.Elements);
            before = work.Elements;
            given += work.Kind == WorkKind.Convolution ? work.Elements : 0;
            affine += work.Kind == WorkKind.Convolution ? 1 : 0;
        }

        double norms = layout.Parameters.Count(parameter => parameter.Slot.Name.EndsWith("weight", StringComparison.Ordinal)
            && parameter.Slot.Shape.Rank == 1);
        return numbers + (affine == 0 ? 0 : norms / affine * (1 + outputs) * given);
    }
}
