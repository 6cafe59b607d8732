using System.Security.Cryptography;
using Spectral.Core.Formats;

namespace Spectral.Core.Execution;

/// <summary>Measures a machine's rates by the very code that runs use, on sizes of a fraction of a second each.</summary>
public static class Calibration
{
    /// <summary>Bytes of the file that the disk's rate is taken from.</summary>
    private const int FileBytes = 16 << 20;

    /// <summary>Measures; about ten seconds on two free cores. Other work on the machine makes the rates worse.</summary>
    /// <param name="small">What a run takes that does nothing.</param>
    /// <param name="folder">A folder on the disk that bundles go to; a file is written there and removed.</param>
    /// <param name="progress">Told what is measured.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="UnavailableException">libtorch cannot be loaded.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static MachineRates Measure(
        SmallRunFacts small, string folder, IProgress<string> progress, CancellationToken cancellation)
    {
        NativeRuntime.Load();
        int cores = Environment.ProcessorCount;
        TrainingProbe training = new(cores, progress, cancellation);
        SpectrumProbe spectra = new(cores, progress, cancellation);
        (double step, double call) = training.StepAndCall();
        ThreadedRate elementwise = training.Elementwise();
        ThreadedRate small300 = spectra.Factorizations(MachineRates.SmallOrder);
        (double rows, double rowCall) = spectra.Rows();
        (double Values, double Leading) eigen = spectra.Eigenvalues(MachineRates.LargeEigenOrder);
        return new MachineRates
        {
            StartSeconds = small.StartSeconds,
            EndSeconds = small.EndSeconds,
            DataSeconds = small.StageSeconds[Stages.Data],
            TrainingSeconds = small.StageSeconds[Stages.Training],
            SpectrumSeconds = small.StageSeconds[Stages.Spectrum],
            AnalysesSeconds = small.StageSeconds[Stages.Analyses],
            BaseBytes = small.StagePeaks[Stages.Data],
            TrainingBytes = small.StagePeaks[Stages.Training],
            SpectrumBytes = small.StagePeaks[Stages.Spectrum],
            EndBytes = small.PeakBytes,
            StepSeconds = step,
            CallSeconds = call,
            EvaluationSeconds = training.Evaluation(),
            Products = training.Products(step, call),
            FirstConvolutions = training.FirstConvolutions(step, call),
            NarrowConvolutions = training.Convolutions(MachineRates.NarrowChannels, step, call),
            WideConvolutions = training.Convolutions(MachineRates.WideChannels, step, call),
            Elementwise = elementwise,
            Pools = training.Pools(),
            FormedElements = spectra.FormedElements(),
            TallFactorizations = spectra.TallFactorizations(small300),
            SmallFactorizations = small300,
            LargeFactorizations = spectra.Factorizations(MachineRates.LargeOrder),
            GramFlops = spectra.Gram(rows),
            SmallEigenFlops = spectra.Eigenvalues(MachineRates.SmallEigenOrder).Values,
            LargeEigenFlops = eigen.Values,
            LeadingFlops = eigen.Leading,
            KrylovFlops = spectra.Krylov((rows, rowCall)),
            RowFlops = rows,
            RowCallSeconds = rowCall,
            WrittenBytes = Written(folder, progress),
        };
    }

    private static double Written(string folder, IProgress<string> progress)
    {
        progress.Report("the disk");
        byte[] bytes = new byte[FileBytes];
        new Random(1).NextBytes(bytes);
        string file = Path.Combine(folder, Path.GetRandomFileName());
        try
        {
            return FileBytes / Probe.Seconds(2, () =>
            {
                DurableFile.Write(file, bytes);
                _ = SHA512.HashData(bytes);
            });
        }
        finally
        {
            File.Delete(file);
        }
    }
}
