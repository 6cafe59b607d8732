namespace Spectral.Core.Plans;

/// <summary>A layer of a network under its name, such as <c>1</c> in an nn.Sequential or <c>layer1.0.conv1</c>.</summary>
/// <param name="Name">The module's name in PyTorch; a parameter's full name is this, a dot and its own.</param>
/// <param name="Layer">The layer.</param>
public sealed record NamedLayer(string Name, Layer Layer)
{
    /// <summary>Layers under the names that nn.Sequential gives them: 0, 1, 2, ...</summary>
    public static System.Collections.Immutable.ImmutableArray<NamedLayer> Sequential(IEnumerable<Layer> layers) =>
        [.. layers.Select((layer, index) => new NamedLayer(FormattableString.Invariant($"{index}"), layer))];
}
