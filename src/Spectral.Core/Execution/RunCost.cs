using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What a run is predicted to cost on a machine, with nothing in the cache; loads nothing and runs nothing.</summary>
/// <param name="Stages">Data, training, spectrum and analyses, in order.</param>
/// <param name="OtherSeconds">From the program's start to the first stage, and from the last one to its end.</param>
/// <param name="PeakBytes">Peak resident memory of the process.</param>
/// <param name="BundleBytes">Bytes of the bundle.</param>
/// <param name="CacheBytes">Bytes that the stage cache gets.</param>
public sealed record RunCost(
    ImmutableArray<StageCost> Stages, double OtherSeconds, double PeakBytes, double BundleBytes, double CacheBytes)
{
    /// <summary>Plan, spec, report, figures and records of a small run.</summary>
    private const double FixedBundleBytes = 1e6;

    /// <summary>How often the bytes of published files are in memory at once: read, unpacked, cut and chosen from.</summary>
    private const double SourceCopies = 4;

    /// <summary>
    /// How often training examples are in memory beside the first time: as an array for the tensor, loose, as the tensor,
    /// and what the runtime has not collected.
    /// </summary>
    private const double TrainingCopies = 4.2;

    /// <summary>The step in which glibc's heap grows here.</summary>
    private const double HeapStep = 64 << 20;

    /// <summary>
    /// How many steps' activations the heap holds more, at most, and with each save: small tensors come to lie between a
    /// step's large ones. Measured on a residual network; each save gives back what it can, and so do the spectra.
    /// </summary>
    private const double HeldSteps = 4, HeldOfSave = 2;

    /// <summary>Where each split's spectrum is computed, and what one checkpoint's takes.</summary>
    public required ImmutableArray<SpectrumForecast> Spectra { get; init; }

    /// <summary>Peak of the device's memory, in bytes; 0 on the CPU.</summary>
    public double DeviceBytes => Stages.Max(stage => stage.DeviceBytes);

    /// <summary>Seconds of the whole process.</summary>
    public double Seconds => OtherSeconds + Stages.Sum(stage => stage.Seconds);

    /// <summary>Bytes that stay on the disk.</summary>
    public double DiskBytes => BundleBytes + CacheBytes;

    /// <summary>Predicts the stages of a plan on a device: what is not the device's rests on the machine's profile.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="profile">The machine.</param>
    /// <param name="device">The device.</param>
    public static RunCost Predict(RunPlan plan, MachineProfile profile, DeviceProfile device) =>
        DeviceRunCost.Predict(plan, profile, device);

    /// <summary>Predicts the stages of a plan from shapes and a machine's profile.</summary>
    public static RunCost Predict(RunPlan plan, MachineProfile profile)
    {
        MachineRates rates = profile.Rates;
        NetworkLayout layout = NetworkLayout.Of(plan);
        double all = TrainingCost.Examples(plan), features = plan.Dataset.InputShape.Count, classes = plan.Dataset.ClassNames.Length;
        double examples = sizeof(float) * all * features, labels = all * 25;

        AnalysisCost analyses = AnalysisCost.Of(plan, layout, profile);
        TrainingCost training = TrainingCost.Of(plan, layout, profile);
        ImmutableArray<(string Split, SpectrumCost Cost)> spectra =
            [.. plan.Jacobian.Splits.Select(split => (split, SpectrumCost.Of(plan, layout, split, profile)))];
        double checkpoints = plan.Jacobian.At.Length;
        // A stopping time by the spectrum needs the initial one before training.
        SpectrumCost? early = plan.Training.Stop.NeedsInitialSpectrum
            ? SpectrumCost.Of(plan, layout, "train", profile)
            : null;
        double spectraFlops = checkpoints * spectra.Sum(one => one.Cost.Flops);
        double spectraBundle = checkpoints * spectra.Sum(one => BundledBytes(plan, layout, one.Split));
        double spectraCache = checkpoints * spectra.Sum(one => one.Cost.Kept);
        // Of the other splits' memory, what glibc does not map by itself stays in the heap.
        double largest = spectra.Select(one => one.Cost.Bytes).DefaultIfEmpty(0).Max();
        largest += Math.Min(HeapStep, spectra.Sum(one => one.Cost.Bytes) - largest);
        // The binary64 copy of the examples, made from a binary32 one.
        double wide = 2 * examples, made = wide + examples;

        double dataPeak = rates.BaseBytes + (SourceCopies * plan.Dataset.SourceBytes) + examples;
        double trainingPeak = dataPeak + (rates.TrainingBytes - rates.BaseBytes) + CopiedBytes(examples)
            + (training.Bytes - examples)
            + (early?.Bytes ?? 0);
        double saves = Math.Floor(training.Seconds / StageStore.Preset.TotalSeconds);
        double heldPeak = trainingPeak + (Math.Min(HeldSteps, HeldOfSave * saves) * training.Activations);
        double spectrumPeak = trainingPeak + (rates.SpectrumBytes - rates.TrainingBytes) + made + largest;
        spectrumPeak = Math.Max(heldPeak, spectrumPeak);
        double endPeak = Math.Max(
            spectrumPeak, trainingPeak + (rates.EndBytes - rates.TrainingBytes) + wide + made + analyses.Bytes);

        StageCost[] stages =
        [
            Of(Execution.Stages.Data, 0, 2 * examples, examples, dataPeak, labels, rates.DataSeconds
                + DataSeconds(plan, examples), 0),
            Of(
                Execution.Stages.Training,
                training.Flops + (early?.Flops ?? 0),
                training.Moved,
                training.Bytes,
                heldPeak,
                2 * training.Kept,
                rates.TrainingSeconds + training.Seconds + (early?.Seconds ?? 0) + (2 * training.Kept / rates.WrittenBytes),
                training.Steps),
            Of(
                Execution.Stages.Spectrum,
                spectraFlops,
                checkpoints * spectra.Sum(one => one.Cost.Moved),
                largest,
                spectrumPeak,
                spectraBundle + spectraCache,
                rates.SpectrumSeconds + (checkpoints * spectra.Sum(one => one.Cost.Seconds))
                    + ((spectraBundle + spectraCache) / rates.WrittenBytes),
                0),
            Of(
                Execution.Stages.Analyses,
                analyses.Flops,
                wide,
                made + analyses.Bytes,
                endPeak,
                0,
                rates.AnalysesSeconds + analyses.Seconds,
                0),
        ];
        double bundle = FixedBundleBytes + labels + training.Kept + spectraBundle;
        return new RunCost(
            [.. stages],
            rates.StartSeconds + rates.EndSeconds + (2 * bundle / rates.WrittenBytes / 4),
            stages.Max(stage => stage.PeakBytes),
            bundle,
            training.Kept + spectraCache)
        {
            Spectra =
            [
                .. spectra.Select(one => new SpectrumForecast(
                    one.Split, SpectrumPlace.Of(plan, one.Split, ComputeDevice.Cpu, 0), 0, one.Cost.Seconds)),
            ],
        };

        StageCost Of(
            string stage, double flops, double moved, double bytes, double peak, double disk, double seconds, double steps) =>
            new(
                stage,
                flops,
                moved,
                bytes,
                peak,
                disk,
                seconds,
                (flops / (StageCost.AssumedRate * plan.Threads)) + (steps * StageCost.AssumedStep),
                (flops / StageCost.AssumedGpuRate) + (steps * StageCost.AssumedStep));
    }

    /// <summary>Training examples in the process' memory beside the first time, with what the heap grows by.</summary>
    /// <param name="examples">Bytes of all examples in binary32.</param>
    internal static double CopiedBytes(double examples) =>
        (TrainingCopies * examples) + (examples > HeapStep / 16 ? HeapStep * 0.75 : 0);

    /// <summary>Reading, choosing and digesting: about 200 MB/s of files and of examples.</summary>
    private static double DataSeconds(RunPlan plan, double examples) => (plan.Dataset.SourceBytes + examples) / 2e8;

    /// <summary>Files of one checkpoint and split: values, projections, outputs, and left vectors where they are kept.</summary>
    private static double BundledBytes(RunPlan plan, NetworkLayout layout, string split)
    {
        double rows = (double)plan.JacobianExamples(split) * plan.Dataset.ClassNames.Length;
        double values = plan.Jacobian.Top ?? Math.Min(rows, layout.ColumnCount(plan));
        int rank = plan.Cutoff.RequiredRank ?? 0;
        double left = ResultFiles.HoldsLeftVectors((long)rows, rank) ? rows * rank : 0;
        return sizeof(double) * ((12 * values) + rows + left);
    }
}
