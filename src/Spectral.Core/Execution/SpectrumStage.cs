using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Differentiates the network at checkpoints on splits and expresses labels and residuals in the spectra.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
/// <param name="device">Where spectra are computed, as far as they can be there.</param>
/// <param name="kept">Spectra that were computed earlier.</param>
/// <param name="progress">Told of every spectrum.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class SpectrumStage(
    RunPlan plan,
    NetworkLayout layout,
    ComputeDevice device,
    KeptSpectra kept,
    IProgress<RunEvent> progress,
    CancellationToken cancellation)
{
    private readonly Lazy<double> _memory = new(device.Memory);
    private int _done, _total;

    /// <summary>The views of all checkpoints that training reached, on all splits that the plan names.</summary>
    /// <param name="training">What training left.</param>
    /// <param name="splits">The splits in binary64.</param>
    /// <param name="write">Keeps one spectrum's arrays.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    /// <exception cref="InvalidDataException">A Jacobian is not finite.</exception>
    public ImmutableArray<SpectralView> ComputeAll(
        TrainingOutcome training, ImmutableArray<SplitTensors> splits, Action<SpectrumArtifacts> write)
    {
        ImmutableArray<ReachedCheckpoint> reached =
            [.. plan.Jacobian.At.Select(at => training.Reached.GetValueOrDefault(at.Name)).OfType<ReachedCheckpoint>()];
        _total = reached.Length * plan.Jacobian.Splits.Length;
        ImmutableArray<SpectralView>.Builder views = ImmutableArray.CreateBuilder<SpectralView>(_total);
        foreach (ReachedCheckpoint checkpoint in reached)
        {
            foreach (SplitTensors split in splits.Where(split => plan.Jacobian.Splits.Contains(split.Name)))
            {
                cancellation.ThrowIfCancellationRequested();
                NativeRuntime.ReleaseFreedMemory();
                SpectrumArtifacts artifacts = Compute(checkpoint, training.InitialWeights, split);
                write(artifacts);
                views.Add(artifacts.View);
                _done = views.Count;
                progress.Report(new SpectrumFinished(_done, _total, $"{checkpoint.Name}, {split.Name}"));
                foreach (RunWarning warning in SpectrumWarnings.Of(artifacts))
                    progress.Report(warning);
            }
        }

        SpareMemory.Release();
        return views.ToImmutable();
    }

    /// <summary>The view that analyses measure, and the arrays that the bundle keeps.</summary>
    /// <param name="checkpoint">The checkpoint as training reached it.</param>
    /// <param name="initialWeights">The weights before training, for r_0.</param>
    /// <param name="whole">The split in binary64, of which the plan may take the first examples only.</param>
    public SpectrumArtifacts Compute(
        ReachedCheckpoint checkpoint, ImmutableArray<Tensor> initialWeights, SplitTensors whole)
    {
        using IDisposable scope = NewDisposeScope();
        SplitTensors split = whole.First(plan.JacobianExamples(whole.Name)).WithTargetsHere();
        (double[] outputs, JacobianDecomposition found) = kept.Find(
            checkpoint.Name,
            split.Name,
            tiles => DecomposeFinite(checkpoint, initialWeights, split, tiles));
        using JacobianDecomposition decomposition = found;
        SingularSpectrum spectrum = found.Spectrum;
        CutoffOutcome cutoff = plan.Cutoff.Resolve(spectrum);
        int rank = cutoff.Split?.Rank ?? 0;
        bool keeps = ResultFiles.HoldsLeftVectors(spectrum.Rows, rank);
        (double[] left, ImmutableArray<ProjectedVector> projected) =
            kept.Leading(checkpoint.Name, split.Name, found, keeps ? rank : 0);
        SpectralView view = new(
            checkpoint.Name,
            checkpoint.Epoch,
            split.Name,
            split.Count,
            (int)split.Clean.Values.shape[1],
            spectrum,
            cutoff,
            Targets(projected, LabelVectors.ClassConstantShares(split)),
            [.. checkpoint.Rows.Where(row => row.Split == split.Name)])
        {
            SelfCheck = found.SelfCheck,
            LeftVectors = left,
            Outputs = outputs,
        };
        return new SpectrumArtifacts(view, projected, keeps);
    }

    /// <summary>What <see cref="Decompose"/> gives; numbers that are not finite are told with the spectrum's place.</summary>
    /// <exception cref="InvalidDataException">The Jacobian, or its sum of squares, is not finite.</exception>
    private (double[] Outputs, JacobianDecomposition Found) DecomposeFinite(
        ReachedCheckpoint checkpoint, ImmutableArray<Tensor> initialWeights, SplitTensors split, GramTileFolder? tiles)
    {
        try
        {
            (Tensor outputs, JacobianDecomposition found) = Decompose(checkpoint, initialWeights, split, tiles);
            if (double.IsFinite(found.Spectrum.FrobeniusNorm))
                return (outputs.cpu().contiguous().data<double>().ToArray(), found);
            found.Dispose();
            throw new NotFiniteException("the sum of the Jacobian's squared entries is not a finite number");
        }
        catch (NotFiniteException failure)
        {
            throw new InvalidDataException(
                $"no {split.Name} spectrum at the checkpoint {checkpoint.Name}: {failure.Message}", failure);
        }
    }

    /// <summary>f [n, K] at the checkpoint, and what the plan's method finds of the Jacobian there.</summary>
    private (Tensor Outputs, JacobianDecomposition Found) Decompose(
        ReachedCheckpoint checkpoint, ImmutableArray<Tensor> initialWeights, SplitTensors split, GramTileFolder? tiles)
    {
        Tensor initial = Evaluation.Outputs(layout, CheckpointJacobian.InBinary64(initialWeights), split).cpu(); // [n, K]
        bool isOnDevice = SpectrumPlace.Of(plan, split.Name, device, _memory.Value).IsOnDevice;
        if (plan.Jacobian.Method == SpectrumMethod.Direct)
        {
            Device where = isOnDevice ? split.Inputs.device : CPU;
            (Tensor taped, Tensor jacobian) = CheckpointJacobian.Form(
                plan, layout, [.. checkpoint.Weights.Select(weight => weight.to(where))], split.Inputs.to(where)); // [n, K], [nK, p]
            using IDisposable graphless = no_grad();
            return (taped, new DirectDecomposition(jacobian, Vectors(taped.cpu()).to(where)));
        }

        ImmutableArray<Tensor> weights = CheckpointJacobian.InBinary64(checkpoint.Weights);
        Tensor outputs = Evaluation.Outputs(layout, weights, split).cpu(); // [n, K]
        using AlignedMatrix vectors = AlignedMatrix.Of(Vectors(outputs)); // [nK, 11]
        if (isOnDevice)
            return (outputs, OnDevice(checkpoint, split, vectors));
        ImmutableArray<Tensor> here = [.. weights.Select(weight => weight.cpu())];
        Tensor inputs = split.Inputs.cpu();
        ImmutableArray<ColumnRange> columns = layout.Columns(plan);
        ulong seed = plan.Seeds.Of("init");
        int threads = Environment.ProcessorCount;
        return (outputs, plan.Jacobian.Method switch
        {
            SpectrumMethod.Gram => new GramDecomposition(
                new NetworkJacobian(layout, here, inputs, columns), vectors, seed, threads, tiles, Part(), cancellation),
            SpectrumMethod.Tsqr => new TsqrDecomposition(
                new NetworkJacobian(layout, here, inputs, columns), vectors, threads, Part(), cancellation),
            SpectrumMethod.Krylov => new KrylovDecomposition(
                new NetworkRowTiles(layout, here, inputs, (int)outputs.shape[1], columns),
                vectors,
                plan.Jacobian.Top ?? throw new InvalidOperationException("krylov without a number of values"),
                seed,
                threads,
                Part(),
                cancellation),
            string other => throw new InvalidOperationException($"no method '{other}'"),
        });

        Tensor Vectors(Tensor of)
        {
            using IDisposable graphless = no_grad();
            Loss loss = plan.Training.Loss;
            return LabelVectors.Columns(split, loss.Predictions(of), loss.Predictions(initial)); // [nK, 11]
        }

        IProgress<double> Part() => PartOf(checkpoint, split);
    }

    /// <summary>What the code for devices finds, in the plan's precision.</summary>
    private JacobianDecomposition OnDevice(ReachedCheckpoint checkpoint, SplitTensors split, AlignedMatrix vectors)
    {
        ScalarType type = plan.Jacobian.Precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.Float64;
        NetworkJacobian source = NetworkJacobian.OnDevice(
            layout, checkpoint.Weights, split.Inputs.to(type), layout.Columns(plan));
        DeviceTiling tiling = DeviceTiling.For(source, type == ScalarType.Float32 ? 4 : 8, _memory.Value);
        ulong seed = plan.Seeds.Of("init");
        int threads = Environment.ProcessorCount;
        IProgress<double> part = PartOf(checkpoint, split);
        return plan.Jacobian.Method switch
        {
            SpectrumMethod.Gram => new DeviceGramDecomposition(
                source, tiling, vectors, seed, threads, Told, part, cancellation),
            SpectrumMethod.Krylov => new KrylovDecomposition(
                new DeviceRowOperator(source, tiling, Told),
                type == ScalarType.Float32 ? DeviceSpectrum.RoundingOfRows32 : 0,
                vectors,
                plan.Jacobian.Top ?? throw new InvalidOperationException("krylov without a number of values"),
                seed,
                threads,
                part,
                cancellation),
            string other => throw new InvalidOperationException($"no code for devices for '{other}'"),
        };

        void Told(string what) => progress.Report(new RunWarning($"{checkpoint.Name}, {split.Name}: {what}"));
    }

    private PartOfSpectrum PartOf(ReachedCheckpoint checkpoint, SplitTensors split) =>
        new(progress, _done, _total, $"{checkpoint.Name}, {split.Name}");

    private sealed class PartOfSpectrum(IProgress<RunEvent> progress, int done, int total, string which)
        : IProgress<double>
    {
        public void Report(double value) => progress.Report(new SpectrumAdvanced(done, total, value, which));
    }

    private static ImmutableArray<TargetView> Targets(
        ImmutableArray<ProjectedVector> projected, ImmutableArray<double> classConstantShares)
    {
        return
        [
            .. LabelVectors.LabelTargets.Select((target, index) => new TargetView(
                target,
                Of("label." + target)!,
                classConstantShares[index],
                Of("residual." + target),
                Of("initial_residual." + target))),
        ];

        ProjectedVector? Of(string column)
        {
            int index = LabelVectors.Names.IndexOf(column);
            return index < 0 ? null : projected[index];
        }
    }
}

/// <summary>What one spectrum leaves: the view for analyses, and what only the bundle keeps.</summary>
/// <param name="View">What analyses measure.</param>
/// <param name="Projections">The vectors of <see cref="LabelVectors.Names"/>.</param>
/// <param name="KeepsLeftVectors">Whether u_1..u_r are few enough to be kept.</param>
internal sealed record SpectrumArtifacts(
    SpectralView View, ImmutableArray<ProjectedVector> Projections, bool KeepsLeftVectors);
