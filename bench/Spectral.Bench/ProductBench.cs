using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>
/// Times J (J^T U) without J J^T, by rows and by factors, each with and without what it could keep in memory.
/// </summary>
internal static unsafe class ProductBench
{
    /// <summary>
    /// Prints for each road "ROAD kept|anew first-seconds seconds-a-product", the first product apart, for it forms
    /// what is kept; then the road that would be chosen.
    /// </summary>
    public static void Run(string net, int examples, int vectors, int products)
    {
        NativeRuntime.UseThreads(1);
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.Jacobian(net, examples);
        NetworkRowTiles tiles = GramNets.Rows(net, examples);
        using MatrixFreeGram chosen = MatrixFreeGram.For(source, tiles, vectors, products);
        Console.WriteLine($"{chosen.Operator.GetType().Name}: {chosen.Reason}");
        using RowTileGram rowsKept = new(tiles, 8e9), rowsAnew = new(tiles, 0);
        using FactorGram factorsKept = new(source, 1, 8e9), factorsAnew = new(source, 1, 0);
        Time("rows kept", rowsKept);
        Time("rows anew", rowsAnew);
        Time("factors kept", factorsKept);
        Time("factors anew", factorsAnew);

        void Time(string road, SymmetricOperator matrix)
        {
            using WorkerTeam team = new(Environment.ProcessorCount);
            using AlignedMatrix block = new(vectors, matrix.Order), images = new(vectors, matrix.Order);
            for (int i = 0; i < vectors; i++)
            {
                for (int row = 0; row < matrix.Order; row++)
                    block[i, row] = Math.Sin(row * (i + 1.0));
            }

            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            Apply();
            double first = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
            Stopwatch watch = Stopwatch.StartNew();
            cpu = Environment.CpuUsage.TotalTime;
            for (int product = 0; product < products; product++)
                Apply();
            double later = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / products;
            double seconds = watch.Elapsed.TotalSeconds / products;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{road}: first {first:F3} s of cpu, then {later:F3} s of cpu, {seconds:F3} s a product"));

            void Apply() => matrix.Apply(
                block.Pointer, vectors, images.Pointer, null, team, new Progress<double>(), CancellationToken.None);
        }
    }
}
