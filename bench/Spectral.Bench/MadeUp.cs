using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Bench;

/// <summary>Random features with random labels, of any size: the time of a step does not depend on them.</summary>
/// <param name="Input">The shape of one example.</param>
/// <param name="Examples">Training examples; one test example stands beside them.</param>
/// <param name="Classes">Classes.</param>
internal sealed record MadeUp(Shape Input, int Examples, int Classes = 10) : Dataset
{
    public override Shape InputShape => Input;

    public override ImmutableArray<string> ClassNames => [.. Enumerable.Range(0, Classes).Select(digit => $"{digit}")];

    public override bool HasClasses => true;

    public override int TrainCount => Examples;

    public override int ValidationCount => 0;

    public override int TestCount => 1;

    public override DatasetArrays Load(DataFolders folders, ulong seed) =>
        new(Split("train", Examples), Split("validation", 0), Split("test", 1), ImmutableSortedDictionary<string, string>.Empty);

    private SplitArrays Split(string name, int count)
    {
        RandomStream stream = new(1, name);
        ImmutableArray<float> inputs = [.. Enumerable.Range(0, count * (int)Input.Count).Select(_ => (float)stream.NextUniform())];
        ImmutableArray<int> labels = [.. Enumerable.Range(0, count).Select(_ => stream.NextIndex(Classes))];
        return new SplitArrays(inputs, TargetArrays.OneHot(labels, Classes), [.. Enumerable.Range(0, count)]);
    }
}
