using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Report;

// Stand-ins for a plan's components. A report only names them; none of them is ever run.

internal sealed record SampleDataset(int Train, int Test) : Dataset
{
    public override Shape InputShape => new(8, 8);

    public override ImmutableArray<string> ClassNames => ["one", "two", "three"];

    public override int TrainCount => Train;

    public override int TestCount => Test;

    public override DatasetArrays Load(ulong seed) => throw new NotSupportedException();
}

internal sealed record SampleNoise(double Rate) : LabelNoise
{
    public override ImmutableArray<int> Corrupt(ImmutableArray<int> clean, int classes, ulong seed) => throw new NotSupportedException();
}

internal sealed record SampleNetwork(ImmutableArray<int> Hidden, string Activation) : Network
{
    public override ImmutableArray<Layer> Layers(Shape input, int outputs) => throw new NotSupportedException();
}

internal sealed record SampleLoss : Loss
{
    public override Tensor Value(Tensor outputs, Tensor targets) => throw new NotSupportedException();
}

internal sealed record SampleOptimizer(double LearningRate) : Optimizer
{
    public override OptimizerState Start(ImmutableArray<Tensor> parameters) => throw new NotSupportedException();
}

internal sealed record SampleCutoff(int Rank) : Cutoff
{
    public override CutoffOutcome Resolve(SingularSpectrum spectrum) => throw new NotSupportedException();
}

internal sealed record SampleAnalysis : Analysis
{
    public override ImmutableArray<Measurement> Measure(SpectralView view) => throw new NotSupportedException();
}
