using Spectral.Core.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>A team does all of its work once, in rounds where it meets, and leaves the caller as it was.</summary>
public sealed class WorkerTeamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 9)]
    [InlineData(3, 2)]
    [InlineData(3, 500)]
    public void Every_task_is_run_once_in_every_run(int threads, int tasks)
    {
        using WorkerTeam team = new(threads);
        for (int run = 1; run <= 20; run++)
        {
            int[] counts = new int[tasks];
            team.Run(tasks, task => Interlocked.Increment(ref counts[task]), Stop);
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(8, 4)]
    [InlineData(11, 4)]
    public void Blocks_cover_a_length_without_overlap_and_only_the_last_is_shorter(int length, int block)
    {
        using WorkerTeam team = new(2);
        int[] covered = new int[length];
        team.RunBlocks(
            length,
            block,
            (first, count) =>
            {
                Assert.Equal(0, first % block);
                Assert.Equal(Math.Min(block, length - first), count);
                for (int i = first; i < first + count; i++)
                    Interlocked.Increment(ref covered[i]);
            },
            Stop);
        Assert.All(covered, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_team_of_one_works_on_the_calling_thread()
    {
        using WorkerTeam team = new(1);
        HashSet<int> threads = [];
        team.Run(5, _ => threads.Add(Environment.CurrentManagedThreadId), Stop);
        team.Run(() => threads.Add(Environment.CurrentManagedThreadId));
        team.RunTogether(_ => threads.Add(Environment.CurrentManagedThreadId));
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void A_team_keeps_its_threads_from_run_to_run()
    {
        using WorkerTeam team = new(3);
        int[] first = new int[3], second = new int[3];
        team.RunTogether(worker => first[worker] = Environment.CurrentManagedThreadId);
        team.Run(10, _ => { }, Stop);
        team.RunTogether(worker => second[worker] = Environment.CurrentManagedThreadId);
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_worker_has_one_thread_and_gradients_and_the_caller_gets_its_own_settings_back(int threads)
    {
        int torchBefore = get_num_threads(), blasBefore = Blas.UseThreads(0);
        try
        {
            set_num_threads(2);
            _ = Blas.UseThreads(3);
            using IDisposable graphless = no_grad();
            using WorkerTeam team = new(threads);
            (int Torch, int Blas, bool Gradients)[] seen = new (int, int, bool)[threads];
            for (int run = 0; run < 2; run++)
            {
                team.RunTogether(worker => seen[worker] = (get_num_threads(), Blas.UseThreads(1), is_grad_enabled()));
                Assert.All(seen, one => Assert.Equal((1, 1, true), one));
                Assert.Equal((2, 3, false), (get_num_threads(), Blas.UseThreads(3), is_grad_enabled()));
            }

            Assert.Throws<InvalidDataException>(() => team.Run(4, _ => throw new InvalidDataException(), Stop));
            Assert.Equal((2, 3, false), (get_num_threads(), Blas.UseThreads(3), is_grad_enabled()));
        }
        finally
        {
            set_num_threads(torchBefore);
            _ = Blas.UseThreads(blasBefore);
        }
    }

    [Fact]
    public void A_task_s_tensors_end_with_the_task()
    {
        using WorkerTeam team = new(2);
        using ThreadLocal<Tensor?> last = new();
        int alive = 0, checkedTasks = 0;
        team.Run(
            20,
            _ =>
            {
                if (last.Value is { } tensor)
                {
                    Interlocked.Increment(ref checkedTasks);
                    Interlocked.Add(ref alive, tensor.IsInvalid ? 0 : 1);
                }

                last.Value = zeros(3);
            },
            Stop);
        Assert.InRange(checkedTasks, 18, 19);
        Assert.Equal(0, alive);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Workers_that_meet_see_all_that_the_others_did_before_and_take_tasks_anew(int threads)
    {
        const int Rounds = 50, Tasks = 13;
        using WorkerTeam team = new(threads);
        int[] taken = new int[Rounds];
        int wrong = 0;
        team.RunTogether(_ =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                for (int task = team.Take(); task < Tasks; task = team.Take())
                    Interlocked.Increment(ref taken[round]);
                team.Meet();
                if (Volatile.Read(ref taken[round]) != Tasks)
                    Interlocked.Increment(ref wrong);
                team.Meet();
            }
        });
        Assert.Equal(0, wrong);
        Assert.All(taken, count => Assert.Equal(Tasks, count));
    }
}
