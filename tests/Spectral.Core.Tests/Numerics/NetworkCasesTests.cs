using Spectral.Core.Layers;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The table of cases leaves nothing of the Catalog out.</summary>
public sealed class NetworkCasesTests
{
    [Fact]
    public void Every_layer_and_every_network_of_the_Catalog_is_in_a_case()
    {
        HashSet<Type> layers =
        [
            .. NetworkCases.All.Values.SelectMany(network => network.Network.Layers(network.Input, network.Outputs))
                .SelectMany(named => Within(named.Layer)).Select(layer => layer.GetType()),
        ];
        HashSet<Type> networks = [.. NetworkCases.All.Values.Select(network => network.Network.GetType())];
        Assert.Empty(Catalog.Components.Family(typeof(Layer)).Members.Select(member => member.Component).Except(layers));
        Assert.Empty(Catalog.Components.Family(typeof(Network)).Members.Select(member => member.Component).Except(networks));
    }

    private static IEnumerable<Layer> Within(Layer layer) =>
        layer is SkipBlock block ? block.Body.SelectMany(inner => Within(inner.Layer)).Append(layer) : [layer];
}
