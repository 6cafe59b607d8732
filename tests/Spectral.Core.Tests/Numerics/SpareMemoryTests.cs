using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Memory that one large matrix leaves to the next; alone, for any other large matrix would take it.</summary>
[Collection("alone")]
public sealed unsafe class SpareMemoryTests
{
    [Fact]
    public void A_large_Gram_matrix_takes_the_memory_of_the_last_one_whatever_it_holds()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = new(
            new LayerSequence([new Dense(6, true, new Normal(0.3)), new Tanh(), new Dense(3, true, new Normal(0.3))]),
            new Shape(5), 1400, 3);
        JacobianOperator jacobian = GramCases.Operator(network);
        using GramMatrix first = jacobian.Gram(null, Stop);
        nint place;
        using (LowerTriangle spoilt = new(first.Order))
        {
            place = (nint)spoilt.Row(0);
            for (long row = 0; row < spoilt.Order; row++)
                new Span<double>(spoilt.Row(row), spoilt.Stride(row)).Fill(double.NaN);
        }

        using GramMatrix second = jacobian.Gram(null, Stop);
        Assert.Equal(place, (nint)second.Triangle.Row(0));
        for (long row = 0; row < first.Order; row++)
            Assert.True(first.Triangle.Elements(row).SequenceEqual(second.Triangle.Elements(row)));
        using AlignedMatrix vectors = new(first.Order, 1);
        vectors[0, 0] = 1;
        using GramSpectrum ofSecond = GramSpectrum.Decompose(second.Triangle, 57, vectors, new EigenSettings(1));
        Assert.All(ofSecond.Spectrum.Values, value => Assert.True(double.IsFinite(value)));
    }
}
