namespace Spectral.Core.Numerics;

/// <summary>
/// Stage 2 of the eigenvalue problem: a symmetric band matrix B = Q T Q^T becomes tridiagonal, column by column; what
/// each elimination makes outside the band is chased out at the end (Lang 1993). 6 w N^2 flops. Vectors that are
/// carried along become Q^T c.
/// </summary>
/// <remarks>
/// Sweep s (column s) has steps j; step j works on the rows s + 1 + jw to s + (j + 1)w and needs step j - 1 of its own
/// sweep and step j + 1 of the sweep before. A worker takes sweeps in groups and moves down the band with all of a
/// group at once, two steps apart, while their window is in its cache; the next group follows behind. No order within
/// these rules changes a bit.
/// </remarks>
internal sealed unsafe class BulgeChase : IDisposable
{
    private const int GroupSweeps = 4;

    private readonly SymmetricBand _band;
    private readonly double* _carried;
    private readonly int _columns;
    private readonly int _n;
    private readonly int _width;
    private readonly AlignedMatrix _progress;

    /// <summary>A chase through a band.</summary>
    /// <param name="band">B; T is left in its first two diagonals.</param>
    /// <param name="carried">The vectors as columns [N + 3w, m], m a multiple of eight, zeros below row N.</param>
    public BulgeChase(SymmetricBand band, AlignedMatrix carried)
    {
        _carried = carried.Pointer;
        (_band, _columns) = (band, (int)carried.Columns);
        (_n, _width) = (band.Order, band.Width);
        Sweeps = Math.Max(0, _n - 2);
        Groups = (Sweeps + GroupSweeps - 1) / GroupSweeps;
        // A group's progress has a cache line of its own.
        _progress = new AlignedMatrix(Groups + 1, 8);
    }

    private int Sweeps { get; }

    private int Groups { get; }

    /// <summary>Chases all sweeps; every worker of the team calls this.</summary>
    /// <param name="team">The team.</param>
    /// <param name="worker">The worker's number.</param>
    /// <param name="finished">Called after each group with the worker and the fraction of the flops done; may
    /// throw.</param>
    public void Run(WorkerTeam team, int worker, Action<int, double> finished)
    {
        using AlignedMatrix reflections = new(GroupSweeps, _width + 8), workspace = new(3, _width);
        for (int group = team.Take(); group < Groups; group = team.Take())
        {
            ChaseGroup(team, group, reflections, workspace);
            double left = (double)(Groups - group - 1) / Groups;
            finished(worker, 1 - (left * left));
        }
    }

    /// <summary>T's diagonal and the elements beside it.</summary>
    public void CopyTridiagonal(Span<double> diagonal, Span<double> beside)
    {
        for (int i = 0; i < _n; i++)
        {
            diagonal[i] = _band.Column(i)[0];
            if (i + 1 < _n)
                beside[i] = _band.Column(i)[1];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _progress.Dispose();

    /// <summary>How many steps a sweep has: blocks that begin within the matrix.</summary>
    private int Steps(int sweep) => ((_n - sweep - 2) / _width) + 1;

    private void ChaseGroup(WorkerTeam team, int group, AlignedMatrix reflections, AlignedMatrix workspace)
    {
        int first = group * GroupSweeps, count = Math.Min(GroupSweeps, Sweeps - first);
        ref long before = ref Progress(group - 1), own = ref Progress(group);
        int steps = Steps(first), last = Steps(first + count - 1);
        for (int time = 0; time < last + (2 * (count - 1)); time++)
        {
            // Step j needs step j + 1 of the sweep before, the last of the group in front.
            if (group > 0 && time < steps)
                WaitFor(team, ref before, time + 2);
            for (int q = 0; q < count; q++)
            {
                int step = time - (2 * q);
                if (step >= 0 && step < Steps(first + q))
                    Chase(first + q, step, reflections.Row(q), workspace);
            }

            int done = time - (2 * (count - 1)) + 1;
            if (done > 0)
                Volatile.Write(ref own, done);
        }

        Volatile.Write(ref own, long.MaxValue);
    }

    private static void WaitFor(WorkerTeam team, ref long progress, long steps)
    {
        SpinWait wait = default;
        while (Volatile.Read(ref progress) < steps)
        {
            team.ThrowIfBroken();
            wait.SpinOnce();
        }
    }

    private ref long Progress(int group) => ref *(long*)_progress.Row(Math.Max(group, 0));

    /// <summary>One step; <paramref name="reflection"/> holds the sweep's last v and, after it, tau.</summary>
    private void Chase(int sweep, int step, double* reflection, AlignedMatrix workspace)
    {
        int start = sweep + 1 + (step * _width), stride = _band.Stride - 1;
        double* v = workspace.Row(0), y = workspace.Row(1), right = workspace.Row(2);
        double* block = step == 0 ? _band.Column(sweep) + 1 : _band.Column(start - _width) + _width;
        if (step > 0)
        {
            BulgeKernels.Multiply(_width, block, stride, reflection, y);
            for (int i = 0; i < _width; i++)
                right[i] = reflection[_width] * reflection[i];
            BulgeKernels.Subtract(_width, right[0], y, block);
        }

        (double tau, double beta) = BulgeKernels.Reflect(_width, block, v);
        new Span<double>(block, _width).Clear();
        block[0] = beta;
        if (step > 0)
            BulgeKernels.SubtractAndReflect(_width, block, stride, right, y, tau, v);
        BulgeKernels.ReflectSymmetric(_width, _band.Column(start), stride, tau, v, y);
        BulgeKernels.ReflectRows(_width, _columns, _carried + ((long)start * _columns), tau, v);
        new Span<double>(v, _width).CopyTo(new Span<double>(reflection, _width));
        reflection[_width] = tau;
    }
}
