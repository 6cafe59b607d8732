using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Measures a device's rates by the very code that runs use there.</summary>
public static class DeviceCalibration
{
    /// <summary>
    /// Measures; about ten seconds on a data-centre card. What is loaded with the first operations on a device is told only
    /// where this process has done nothing there before. Other work on the device makes the rates worse.
    /// </summary>
    /// <param name="device">The device; the CPU too, by the code for devices.</param>
    /// <param name="sizes">How large the work is.</param>
    /// <param name="progress">Told what is measured.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="UnavailableException">libtorch cannot be loaded.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static DeviceRates Measure(
        ComputeDevice device, DeviceProbeSizes sizes, IProgress<string> progress, CancellationToken cancellation)
    {
        NativeRuntime.UseThreads(Environment.ProcessorCount);
        double before = PeakMemory.OfProcess() ?? 0;
        progress.Report($"{device.Name} as it is opened");
        DeviceClock clock = new(device);
        double open = Open(device, clock);
        DeviceTrainingProbe training = new(clock, sizes, progress, cancellation);
        DeviceSpectrumProbe spectra = new(device, clock, sizes, progress, cancellation);
        (double firstTraining, double firstConvolutions) = Scoped(training.First);
        double firstSpectrum = Scoped(spectra.First);
        double host = Math.Max(1, (PeakMemory.OfProcess() ?? 0) - before);
        (double step, double call, double convolutionCall) = Scoped(training.StepAndCalls);
        (double copied, double transferred) = Scoped(spectra.Bytes);
        double small = Scoped(() => spectra.Factorizations(sizes.SmallFactorizationOrder));
        DeviceRates rates = new()
        {
            OpenSeconds = open,
            TrainingSeconds = firstTraining,
            ConvolutionSeconds = firstConvolutions,
            SpectrumSeconds = firstSpectrum,
            HostBytes = host,
            StepSeconds = step,
            CallSeconds = call,
            ConvolutionCallSeconds = convolutionCall,
            EvaluationSeconds = Scoped(training.Evaluation),
            ProductFlops = Scoped(training.Products),
            NarrowConvolutionFlops = Scoped(() => training.Convolutions(DeviceRates.NarrowChannels)),
            WideConvolutionFlops = Scoped(() => training.Convolutions(DeviceRates.WideChannels)),
            Float64ProductFlops = Scoped(() => spectra.Products(ScalarType.Float64)),
            Float32ProductFlops = Scoped(() => spectra.Products(ScalarType.Float32)),
            CopyBytes = copied,
            TransferBytes = transferred,
            RowCallSeconds = Scoped(spectra.RowCall),
            Float64RowFlops = Scoped(() => spectra.Rows(ScalarType.Float64)),
            Float32RowFlops = Scoped(() => spectra.Rows(ScalarType.Float32)),
            SmallEigenOrder = sizes.SmallEigenOrder,
            SmallEigenFlops = Scoped(() => spectra.Eigenvalues(sizes.SmallEigenOrder)),
            LargeEigenOrder = sizes.LargeEigenOrder,
            LargeEigenFlops = Scoped(() => spectra.Eigenvalues(sizes.LargeEigenOrder)),
            SmallFactorizationOrder = sizes.SmallFactorizationOrder,
            SmallFactorizationFlops = small,
            LargeFactorizationOrder = sizes.LargeFactorizationOrder,
            LargeFactorizationFlops = Scoped(() => spectra.Factorizations(sizes.LargeFactorizationOrder)),
            TallFactorizationFlops = Scoped(() => spectra.TallFactorizations(small)),
            DrawnNumbers = Scoped(spectra.DrawnNumbers),
            KrylovBlock = 1,
            KrylovSeconds = 1,
        };
        // What a pass takes beside its products follows from the other rates.
        (double block, double pass) = Scoped(() => spectra.Krylov(rates));
        return rates with { KrylovBlock = block, KrylovSeconds = pass };
    }

    private static double Open(ComputeDevice device, DeviceClock clock)
    {
        if (device == ComputeDevice.Cpu)
            return clock.Once(() => DeviceFlags.Open(device));
        DeviceFlags.MakeStrict();
        return clock.Once(() => DeviceFlags.Open(device));
    }

    private static T Scoped<T>(Func<T> probe)
    {
        using IDisposable scope = NewDisposeScope();
        return probe();
    }
}
