using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The code for devices, on libtorch's CPU device, against the row oracle and the CPU's own engine.</summary>
public sealed class DeviceGramTests
{
    /// <summary>Cuts so small that every case is in several chunks, tiles and passes.</summary>
    private static readonly DeviceTiling Small = new(3, 5, 1 << 12, 1 << 12);

    private static readonly DeviceTiling Large = new(1024, 2048, 1L << 30, 1L << 30);

    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void In_binary64_it_equals_the_row_oracles_however_it_is_cut(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Oracle(network), expected = jacobian.mm(jacobian.t());
        NetworkJacobian source = Source(network, ScalarType.Float64);
        foreach (DeviceTiling tiling in (DeviceTiling[])[Small, Large, DeviceTiling.For(source, 8, 1e9)])
        {
            DeviceGram device = new(source, tiling, Unexpected);
            Tensor gram = device.Compute(new Progress<double>(), Stop);
            Assert.InRange(Distance(gram, expected), 0, 1e-13);
            Assert.True(gram.eq(gram.t()).all().item<bool>());
            Assert.InRange(device.Discrepancy(gram, seed: 1, Stop), 0, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void It_equals_the_CPUs_engine(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        using GramMatrix engine = Operator(network).Gram(null, Stop);
        Tensor gram = new DeviceGram(Source(network, ScalarType.Float64), Small, Unexpected).Compute(new Progress<double>(), Stop);
        Assert.InRange(Distance(gram, engine.ToTensor()), 0, 1e-10);
    }

    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void In_binary32_every_eigenvalue_is_within_the_square_of_its_floor(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Oracle(network), expected = jacobian.mm(jacobian.t());
        DeviceGram device = new(Source(network, ScalarType.Float32), Small, Unexpected);
        Tensor gram = device.Compute(new Progress<double>(), Stop);
        Assert.Equal(ScalarType.Float64, gram.dtype);
        double apart = linalg.norm(gram - expected, 2).item<double>(), size = linalg.norm(expected).item<double>();
        Assert.InRange(apart, 0, DeviceSpectrum.SquareError(ScalarType.Float32, size));
        Assert.InRange(device.Discrepancy(gram, seed: 1, Stop), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void Its_spectrum_and_projections_are_those_of_the_SVD(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Oracle(network);
        long rows = jacobian.shape[0], columns = jacobian.shape[1];
        Tensor vectors = arange(rows * 2, ScalarType.Float64).sin().view(rows, 2);
        using AlignedMatrix given = AlignedMatrix.Of(vectors);
        Tensor gram = new DeviceGram(Source(network, ScalarType.Float64), Large, Unexpected).Compute(new Progress<double>(), Stop);
        using DeviceSpectrum found = DeviceSpectrum.Decompose(gram, ScalarType.Float64, columns, given);
        (SingularSpectrum expected, ImmutableArray<ProjectedVector> projected, Tensor left) =
            DirectSpectrum.Decompose(jacobian, vectors);
        Assert.Equal(expected.Values.Length, found.Spectrum.Values.Length);
        Assert.All(found.Spectrum.Values.Select((value, s) => (value, s)), pair => Assert.InRange(
            Math.Abs(pair.value - expected.Values[pair.s]), 0, found.Spectrum.ErrorOf(pair.s) + expected.ErrorOf(pair.s)));

        int rank = Enumerable.Range(1, Math.Min(3, expected.Values.Length)).LastOrDefault(r =>
            expected.Values[r - 1] > 10 * found.Spectrum.TrustFloor
            && (r == expected.Values.Length || expected.Values[r] < 0.9 * expected.Values[r - 1]));
        (AlignedMatrix leading, ImmutableArray<ProjectedVector> coordinates) = found.LeadingVectors(rank);
        using (leading)
        {
            Assert.Equal(rank, leading.Columns);
            SpaceSplit split = new(rank, 0, 0, 0, 0);
            for (int j = 0; j < 2; j++)
            {
                Assert.InRange(Math.Abs(coordinates[j].Information(split) - projected[j].Information(split)), 0, 1e-6 * projected[j].Norm);
                Assert.InRange(Math.Abs(coordinates[j].Nuisance(split) - projected[j].Nuisance(split)), 0, 1e-6 * projected[j].Norm);
                Assert.Equal(projected[j].Norm, coordinates[j].Norm, 1e-12 * projected[j].Norm);
            }
        }
    }

    [Theory]
    [MemberData(nameof(BlockKrylovTests.Networks), MemberType = typeof(BlockKrylovTests))]
    public void Block_Krylov_over_its_rows_gives_the_largest_values_and_vectors(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Oracle(network);
        using WorkerTeam team = new(1);
        // The second has room for two blocks, so that it restarts in every pass from the third on.
        foreach ((DeviceTiling tiling, KrylovSettings settings) in (ReadOnlySpan<(DeviceTiling, KrylovSettings)>)
            [(Small, KrylovSettings.For(4, 1)), (Large, new KrylovSettings(4, 6, 12, 200, 1e-7, 1))])
        {
            using DeviceRowOperator matrix = new(Source(network, ScalarType.Float64), tiling, Unexpected);
            TopSpectrum top = BlockKrylov.Compute(matrix, settings, team, new Progress<KrylovProgress>(), Stop);
            double[] expected = linalg.svdvals(jacobian).data<double>().ToArray();
            Assert.True(top.IsConverged);
            Assert.Equal(jacobian.square().sum().item<double>(), top.FrobeniusSquared, 1e-12 * top.FrobeniusSquared);
            for (int s = 0; s < top.Values.Length; s++)
                Assert.InRange(Math.Abs(top.Values[s] - expected[s]), 0, top.ValueBound(s) + (1e-12 * expected[0]));
            Tensor left = tensor(top.LeftVectors.ToArray(), [top.Rows, top.Values.Length]);
            Tensor moved = jacobian.t().mm(left).square().sum(dim: 0).sqrt();
            for (int s = 0; s < top.Values.Length; s++)
                Assert.Equal(top.Values[s], moved[s].item<double>(), 1e-6 * expected[0]);
        }
    }

    [Fact]
    public void Rows_that_stay_are_differentiated_once_and_change_no_bit()
    {
        using IDisposable scope = NewDisposeScope();
        const int chunk = 8;
        JacobianSource inner = Source(GramCases.All["several chunks"], ScalarType.Float64);
        int chunks = (int)((inner.Examples + chunk - 1) / chunk), calls = 0;
        JacobianSource counted = new Watched(inner, _ => calls++);
        TopSpectrum without = Largest(counted, 0, Unexpected);
        Assert.Equal(without.Passes * chunks, calls);
        calls = 0;
        TopSpectrum with = Largest(counted, 1L << 30, Unexpected);
        Assert.Equal(chunks, calls);
        Assert.Equal(without.Values, with.Values);
        Assert.Equal(without.LeftVectors, with.LeftVectors);
    }

    [Fact]
    public void Where_memory_runs_out_rows_are_formed_anew()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianSource inner = Source(GramCases.All["several chunks"], ScalarType.Float64);
        List<string> told = [];
        int calls = 0;
        TopSpectrum expected = Largest(inner, 0, Unexpected);
        TopSpectrum found = Largest(
            new Watched(inner, _ => OutOfMemory(++calls == 3)), 1L << 30, told.Add);
        Assert.Equal(expected.Values, found.Values);
        Assert.Contains("rows of J are formed anew", Assert.Single(told), StringComparison.Ordinal);
        // Where nothing stays that could be given up, there is no way.
        Assert.Throws<ExternalException>(() => Largest(new Watched(inner, _ => OutOfMemory(true)), 1L << 30, told.Add));

        static void OutOfMemory(bool isTime)
        {
            if (isTime)
                throw new ExternalException("CUDA out of memory. Tried to allocate 1.00 GiB");
        }
    }

    private static TopSpectrum Largest(JacobianSource source, long kept, Action<string> told)
    {
        using WorkerTeam team = new(1);
        using DeviceRowOperator matrix = new(source, new DeviceTiling(8, 8, kept, 1L << 30), told);
        return BlockKrylov.Compute(matrix, KrylovSettings.For(3, 1), team, new Progress<KrylovProgress>(), Stop);
    }

    [Fact]
    public void A_layer_takes_the_way_of_its_sizes()
    {
        using IDisposable scope = NewDisposeScope();
        Assert.Equal(["hadamard"], Ways("tanh"));
        Assert.Equal(["direct", "hadamard"], Ways("convolution"));
        Assert.Equal(["hadamard"], Ways("a window with one place"));
        static IEnumerable<string> Ways(string name) =>
            new DeviceGram(Source(GramCases.All[name], ScalarType.Float64), Large, Unexpected).Methods
                .Select(way => way.Method).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Few_places_with_many_channels_are_multiplied_as_patches()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = new(
            new LayerSequence(
            [
                Conv2d.ThreeByThree(70, 1, true, new Normal(0.2)),
                new Tanh(),
                Conv2d.ThreeByThree(40, 1, true, new Normal(0.2)),
                new Flatten(),
                new Dense(3, true, new Normal(0.2)),
            ]),
            new Shape(2, 2, 2),
            11,
            3);
        Tensor jacobian = Oracle(network), expected = jacobian.mm(jacobian.t());
        foreach (ScalarType type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            DeviceGram device = new(Source(network, type), Small with { KeptBytes = 1 << 20 }, Unexpected);
            Assert.Contains(device.Methods, way => way.Method == "patch");
            Tensor gram = device.Compute(new Progress<double>(), Stop);
            Assert.InRange(Distance(gram, expected), 0, type == ScalarType.Float64 ? 1e-13 : 1e-5);
        }
    }

    [Fact]
    public void Where_memory_runs_out_chunks_are_halved_and_the_matrix_is_the_same()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = GramCases.All["several chunks"];
        List<string> told = [];
        DeviceGram device = new(
            new Watched(Source(network, ScalarType.Float64), RoomFor(6)), new DeviceTiling(40, 64, 1L << 30, 1L << 30), told.Add);
        Tensor jacobian = Oracle(network);
        Assert.InRange(Distance(device.Compute(new Progress<double>(), Stop), jacobian.mm(jacobian.t())), 0, 1e-13);
        Assert.Equal(3, told.Count);
        Assert.Contains("5 examples are differentiated together", told[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Halving_ends_with_the_devices_own_words_where_one_example_is_too_many()
    {
        DeviceHalving halving = new(8, _ => { });
        List<(long, long)> pieces = [];
        halving.Run(
            11,
            (first, count) =>
            {
                if (count > 3)
                    throw new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB");
                pieces.Add((first, count));
            },
            Stop);
        Assert.Equal([(0, 2), (2, 2), (4, 2), (6, 2), (8, 2), (10, 1)], pieces);
        Assert.Throws<ExternalException>(() => new DeviceHalving(4, _ => { }).Run(
            4, (_, _) => throw new ExternalException("CUDA out of memory"), Stop));
        int calls = 0;
        Assert.Throws<ExternalException>(() => new DeviceHalving(4, _ => { }).Run(
            4,
            (_, _) =>
            {
                calls++;
                throw new ExternalException("CUDA error: an illegal memory access was encountered");
            },
            Stop));
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData("resnet of depth 8, group")]
    [InlineData("several chunks")]
    public void Cuts_grow_with_the_memory_and_keep_within_it(string name)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = Source(GramCases.All[name], ScalarType.Float64);
        DeviceTiling before = DeviceTiling.For(source, 8, 1e5);
        foreach (double memory in (double[])[1e6, 1e8, 1e10, 8e10])
        {
            DeviceTiling tiling = DeviceTiling.For(source, 8, memory);
            Assert.True(tiling.ChunkExamples >= before.ChunkExamples && tiling.TileExamples >= before.TileExamples);
            Assert.InRange(tiling.ChunkExamples, 1, Math.Max(1, source.Examples));
            Assert.InRange(tiling.KeptBytes, 0, memory);
            Assert.Equal(0, tiling.ChunkExamples & (tiling.ChunkExamples - 1));
            before = tiling;
        }
    }

    private static NetworkJacobian Source(NetworkCase network, ScalarType type) =>
        NetworkJacobian.OnDevice(network.Layout, network.Weights(), network.Inputs().to(type), network.Columns);

    private static void Unexpected(string message) => Assert.Fail(message);

    private static Action<long> RoomFor(long most) => count =>
    {
        if (count > most)
            throw new ExternalException("CUDA out of memory. Tried to allocate 1.00 GiB");
    };

    /// <summary>A source that says how many examples it is about to differentiate.</summary>
    private sealed class Watched(JacobianSource inner, Action<long> before) : JacobianSource
    {
        public override long Examples => inner.Examples;

        public override int Outputs => inner.Outputs;

        public override ImmutableArray<string> Layers => inner.Layers;

        public override ImmutableArray<FactorBlock> Shapes => inner.Shapes;

        public override ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers)
        {
            before(count);
            return inner.Factors(first, count, layers);
        }
    }
}
