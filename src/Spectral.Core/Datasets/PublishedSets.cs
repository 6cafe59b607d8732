using System.Collections.Immutable;

namespace Spectral.Core.Datasets;

/// <summary>Every published set of files that a spec can name: what <c>spectral data</c> knows of.</summary>
public static class PublishedSets
{
    /// <summary>The sets, in the order in which they are listed.</summary>
    public static ImmutableArray<ImageSource> All { get; } =
        [FashionMnist.Published, Mnist.Published, Cifar10.Published, Cifar100.Published];

    /// <summary>The set of a kind, or null.</summary>
    public static ImageSource? Find(string kind) => All.FirstOrDefault(set => set.Kind == kind);
}
