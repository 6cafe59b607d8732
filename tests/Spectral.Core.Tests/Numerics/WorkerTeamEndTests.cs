using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>How a team's runs end before their time: failures, cancellation, the end of the team.</summary>
public sealed class WorkerTeamEndTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_first_failure_comes_out_as_it_was_and_no_further_task_is_begun(int threads)
    {
        using WorkerTeam team = new(threads);
        InvalidDataException failure = new("the fourth");
        int begun = 0;
        Exception thrown = Assert.Throws<InvalidDataException>(() => team.Run(
            100_000,
            task =>
            {
                Interlocked.Increment(ref begun);
                if (task == 3)
                    throw failure;
                Thread.Sleep(1);
            },
            Stop));
        Assert.Same(failure, thrown);
        Assert.InRange(begun, 4, 50_000);
        int after = 0;
        team.Run(10, _ => Interlocked.Increment(ref after), Stop);
        Assert.Equal(10, after);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancellation_ends_a_run_between_tasks(int threads)
    {
        using WorkerTeam team = new(threads);
        using CancellationTokenSource source = new();
        int begun = 0, done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => team.Run(
            100_000,
            task =>
            {
                Interlocked.Increment(ref begun);
                if (task == 3)
                    source.Cancel();
                Interlocked.Increment(ref done);
            },
            source.Token));
        Assert.InRange(begun, 4, 99_999);
        Assert.Equal(begun, done);
        Assert.ThrowsAny<OperationCanceledException>(() => team.Run(1, _ => done = -1, source.Token));
        Assert.Equal(begun, done);
        team.Run(1, _ => done = -1, Stop);
        Assert.Equal(-1, done);
    }

    [Fact]
    public void What_a_thread_has_of_its_own_is_used_by_no_other_and_disposed_of_even_after_a_failure()
    {
        using WorkerTeam team = new(3);
        foreach (int failing in new[] { -1, 20 })
        {
            List<Own> made = [];
            Exception? thrown = Record.Exception(() => team.Run(
                200,
                () =>
                {
                    Own own = new();
                    lock (made)
                        made.Add(own);
                    return own;
                },
                (task, own) =>
                {
                    Assert.Equal(Environment.CurrentManagedThreadId, own.Thread);
                    if (task == failing)
                        throw new InvalidDataException();
                },
                Stop));
            Assert.Equal(failing >= 0, thrown is InvalidDataException);
            Assert.InRange(made.Count, 1, 3);
            Assert.All(made, own => Assert.True(own.IsDisposed));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_worker_that_fails_between_meetings_ends_those_that_wait_for_it(int failing)
    {
        using WorkerTeam team = new(3);
        InvalidDataException failure = new();
        int beyond = 0;
        Exception thrown = Assert.Throws<InvalidDataException>(() => team.RunTogether(worker =>
        {
            team.Meet();
            if (worker == failing)
                throw failure;
            team.Meet();
            Interlocked.Increment(ref beyond);
        }));
        Assert.Same(failure, thrown);
        Assert.Equal(0, beyond);
        team.RunTogether(_ => team.Meet());
    }

    [Fact]
    public void A_team_needs_a_thread_and_runs_nothing_after_its_end()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(0));
        WorkerTeam team = new(2);
        team.Run(4, _ => { }, Stop);
        team.Dispose();
        team.Dispose();
        Assert.Throws<ObjectDisposedException>(() => team.Run(4, _ => { }, Stop));
    }

    private sealed class Own : IDisposable
    {
        public int Thread { get; } = Environment.CurrentManagedThreadId;

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}
