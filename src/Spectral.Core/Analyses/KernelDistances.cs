using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>The distances between kernels of one split.</summary>
internal static class KernelDistances
{
    /// <summary>
    /// What an entry of a Gram matrix may be off by, over ||K||_F, all entries together: calibrated for the eigenvalues
    /// (docs/accuracy.md), and twice that here.
    /// </summary>
    private const double KernelError = 32 * UnitRoundoff.Float64;

    /// <summary>
    /// Distances to the reference and to the checkpoint before, and velocities. Two kernels are held at a time.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="views">The checkpoints on one split, by epoch.</param>
    /// <param name="reference">The reference's name, or null where training did not reach it.</param>
    public static IEnumerable<Measurement> Of(RunView run, ImmutableArray<SpectralView> views, string? reference)
    {
        ImmutableArray<string> names = [.. views.Select(view => view.Checkpoint)];
        ImmutableArray<(string, string)> neighbours = [.. names.Skip(1).Zip(names, (now, before) => (before, now))];
        ImmutableArray<(string, string)> far = reference is null
            ? []
            : [.. names.Where(name => name != reference).Select(name => (reference, name))];
        Dictionary<(string, string), double> distances = Distances(run, views[0].Split, [.. neighbours.Union(far)]);
        for (int i = 0; i < views.Length; i++)
        {
            MeasurementRow row = new(views[i], "kernel_distance");
            if (reference is not null && names[i] != reference)
                yield return Row(row, "to_reference", distances[(reference, names[i])], 1, "");
            if (i == 0)
                continue;
            double step = distances[(names[i - 1], names[i])];
            int epochs = views[i].Epoch - views[i - 1].Epoch;
            yield return Row(row, "to_previous", step, 1, "");
            yield return epochs > 0
                ? Row(row, "velocity", step, epochs, "per epoch")
                : row.Undefined("velocity", "per epoch");
        }
    }

    private static Measurement Row(MeasurementRow row, string quantity, double distance, int epochs, string unit)
    {
        if (double.IsNaN(distance))
            return row.Undefined(quantity, unit);
        // S = d^2 / 2 for the distance d of the two directions, each of which is off by KernelError.
        double shift = 2 * KernelError, error = (Math.Sqrt(2 * distance) * shift) + (shift * shift / 2);
        double value = distance <= error ? 0 : distance;
        return row.Within(
            quantity, value / epochs, Math.Max(0, value - error) / epochs, (value + error) / epochs, unit);
    }

    private static Dictionary<(string, string), double> Distances(
        RunView run, string split, ImmutableArray<(string One, string Other)> pairs)
    {
        Dictionary<(string, string), double> found = [];
        Dictionary<string, GramMatrix> held = [];
        try
        {
            foreach ((string one, string other) in pairs)
            {
                foreach (string name in held.Keys.Where(name => name != one && name != other).ToArray())
                {
                    held[name].Dispose();
                    held.Remove(name);
                }

                found[(one, other)] = GramDistance.Of(Kernel(one), Kernel(other), run.Jacobians.Cancellation);
            }
        }
        finally
        {
            foreach (GramMatrix kernel in held.Values)
                kernel.Dispose();
        }

        return found;

        GramMatrix Kernel(string name)
        {
            if (!held.TryGetValue(name, out GramMatrix? kernel))
            {
                kernel = new JacobianOperator(run.Jacobians.Source(name, split), run.Jacobians.Threads)
                    .Gram(null, run.Jacobians.Cancellation);
                held.Add(name, kernel);
            }

            return kernel;
        }
    }
}
