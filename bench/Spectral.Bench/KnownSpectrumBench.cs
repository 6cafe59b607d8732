using System.Diagnostics;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;

namespace Spectral.Bench;

/// <summary>
/// All eigenvalues of a matrix of any order whose spectrum is known: A = H D H with the reflection H = I - 2 v v^T and
/// d_s = 1 / s, made in N^2 operations and in the memory of A alone. For orders that no other solver here takes.
/// </summary>
internal static unsafe class KnownSpectrumBench
{
    /// <summary>Prints the time and the largest error of an eigenvalue, absolute and in units of u ||A||_F.</summary>
    /// <param name="order">N; the run needs about 8 N^2 bytes and 4/3 N^3 flops.</param>
    /// <param name="threads">Threads.</param>
    public static void Run(int order, int threads)
    {
        NativeRuntime.UseThreads(1);
        using AlignedMatrix matrix = Conjugated(order);
        using AlignedMatrix vectors = new(order, 10);
        new RandomStream(2, "bench/vectors").FillNormal(new Span<double>(vectors.Pointer, 10 * order));
        Stopwatch watch = Stopwatch.StartNew();
        EigenSettings settings = new(threads)
        {
            Stage = (stage, time) =>
                Console.WriteLine(FormattableString.Invariant($"{stage}: {time.TotalSeconds:F1} s")),
        };
        using SymmetricEigen eigen = SymmetricEigen.Solve(matrix.Pointer, order, order, vectors, settings);
        double seconds = watch.Elapsed.TotalSeconds;
        double error = 0, square = 0;
        for (int s = 0; s < order; s++)
        {
            error = Math.Max(error, Math.Abs(eigen.Values[s] - (1.0 / (s + 1))));
            square += 1.0 / (s + 1.0) / (s + 1.0);
        }

        double cpu = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        double units = error / Math.Sqrt(square) / UnitRoundoff.Float64;
        Console.WriteLine(FormattableString.Invariant(
            $"N = {order}, {threads} threads: {seconds:F1} s, {cpu:F1} CPU s of the whole process"));
        Console.WriteLine(FormattableString.Invariant($"largest error {error:0.0e0}, {units:F1} u ||A||_F"));
    }

    /// <summary>A's lower triangle: d_i [i = j] - 2 v_i v_j (d_i + d_j - 2 v^T D v).</summary>
    private static AlignedMatrix Conjugated(int order)
    {
        double[] v = new double[order];
        new RandomStream(3, "bench/reflection").FillNormal(v);
        double length = Math.Sqrt(v.Sum(x => x * x)), inner = 0;
        for (int i = 0; i < order; i++)
        {
            v[i] /= length;
            inner += v[i] * v[i] / (i + 1);
        }

        AlignedMatrix matrix = AlignedMatrix.Unset(order, order);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i, j] = -2 * v[i] * v[j] * ((1.0 / (i + 1)) + (1.0 / (j + 1)) - (2 * inner));
            matrix[i, i] += 1.0 / (i + 1);
        }

        return matrix;
    }
}
