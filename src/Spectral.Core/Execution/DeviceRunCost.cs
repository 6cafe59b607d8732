using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What a run is predicted to cost where training and spectra are a device's, as far as they can be.</summary>
internal static class DeviceRunCost
{
    /// <summary>Predicts the stages of a plan from shapes, the machine's profile and the device's.</summary>
    public static RunCost Predict(RunPlan plan, MachineProfile machine, DeviceProfile device)
    {
        RunCost here = RunCost.Predict(plan, machine);
        NetworkLayout layout = NetworkLayout.Of(plan);
        MachineRates rates = machine.Rates;
        DeviceRates there = device.Rates;
        double all = TrainingCost.Examples(plan), features = plan.Dataset.InputShape.Count;
        double examples = sizeof(float) * all * features, wide = 2 * examples;
        DeviceTrainingCost training = DeviceTrainingCost.Of(plan, layout, there);
        ImmutableArray<Part> parts = [.. plan.Jacobian.Splits.Select(split => PartOf(plan, layout, split, machine, device))];
        // A stopping time by the spectrum needs the initial one before training.
        Part? early = plan.Training.Stop.NeedsInitialSpectrum ? PartOf(plan, layout, "train", machine, device) : null;
        double checkpoints = plan.Jacobian.At.Length;
        bool isThere = parts.Any(part => part.Forecast.Place.IsOnDevice), isEarly = early?.Forecast.Place.IsOnDevice ?? false;

        StageCost data = Stage(Execution.Stages.Data), spectrum = Stage(Execution.Stages.Spectrum);
        StageCost trained = Stage(Execution.Stages.Training), analysed = Stage(Execution.Stages.Analyses);
        // Examples in binary32, and in binary64 for spectra, stay on the device to the end.
        double loaded = sizeof(double) * all * features;
        double trainingBytes = training.DeviceBytes + (early is null ? 0 : loaded + early.Forecast.DeviceBytes);
        double spectrumBytes = (training.DeviceBytes / 2) + loaded
            + parts.Select(part => part.Forecast.DeviceBytes).DefaultIfEmpty(0).Max();
        double recorded = sizeof(float) * TrainingCounts.Of(plan).Recorded * all * plan.Dataset.ClassNames.Length;

        double trainingPeak = data.PeakBytes + (rates.TrainingBytes - rates.BaseBytes) + there.HostBytes
            + RunCost.CopiedBytes(examples) + recorded + (early?.HostBytes ?? 0);
        double spectrumPeak = trainingPeak + (rates.SpectrumBytes - rates.TrainingBytes) + wide + examples
            + parts.Select(part => part.HostBytes).DefaultIfEmpty(0).Max();
        double endPeak = Math.Max(
            spectrumPeak,
            trainingPeak + (rates.EndBytes - rates.TrainingBytes) + wide + analysed.Bytes);

        ImmutableArray<StageCost> stages =
        [
            data with { PeakBytes = data.PeakBytes + there.HostBytes },
            trained with
            {
                Bytes = RunCost.CopiedBytes(examples) + recorded,
                PeakBytes = trainingPeak,
                DeviceBytes = trainingBytes,
                Seconds = rates.TrainingSeconds + training.Seconds + (early?.Forecast.Seconds ?? 0)
                    + (isEarly ? there.SpectrumSeconds : 0) + (trained.Disk / rates.WrittenBytes),
            },
            spectrum with
            {
                Bytes = parts.Select(part => part.HostBytes).DefaultIfEmpty(0).Max(),
                PeakBytes = spectrumPeak,
                DeviceBytes = Math.Max(spectrumBytes, (training.DeviceBytes / 2) + loaded),
                Seconds = rates.SpectrumSeconds + (loaded / there.TransferBytes)
                    + (isThere && !isEarly ? there.SpectrumSeconds : 0)
                    + (checkpoints * parts.Sum(part => part.Forecast.Seconds))
                    + (spectrum.Disk / rates.WrittenBytes),
            },
            analysed with { PeakBytes = endPeak },
        ];
        return here with
        {
            Stages = stages,
            OtherSeconds = here.OtherSeconds + there.OpenSeconds,
            PeakBytes = stages.Max(stage => stage.PeakBytes),
            Spectra = [.. parts.Select(part => part.Forecast)],
        };

        StageCost Stage(string name) => here.Stages.Single(stage => stage.Stage == name);
    }

    /// <summary>One split's spectrum, where it is computed.</summary>
    private static Part PartOf(
        RunPlan plan, NetworkLayout layout, string split, MachineProfile machine, DeviceProfile device)
    {
        SpectrumPlace place = SpectrumPlace.Of(plan, split, device.Device, device.Bytes);
        if (!place.IsOnDevice)
        {
            SpectrumCost here = SpectrumCost.Of(plan, layout, split, machine);
            return new Part(new SpectrumForecast(split, place, 0, here.Seconds), here.Bytes);
        }

        DeviceSpectrumCost there = DeviceSpectrumCost.Of(plan, layout, split, device);
        return new Part(new SpectrumForecast(split, place, there.DeviceBytes, there.Seconds), there.HostBytes);
    }

    private sealed record Part(SpectrumForecast Forecast, double HostBytes);
}
