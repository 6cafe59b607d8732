namespace Spectral.Cli;

/// <summary>The exit codes of <c>spectral</c>: a contract that scripts rely on.</summary>
public static class ExitCode
{
    /// <summary>All is well; a run that diverged is a result like any other.</summary>
    public const int Ok = 0;

    /// <summary>A run failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the spec is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A rerun found results beyond their tolerance.</summary>
    public const int Drift = 3;

    /// <summary>A rerun is within tolerance where bitwise equality was required.</summary>
    public const int NotBitwise = 4;

    /// <summary>This machine cannot run it.</summary>
    public const int Unavailable = 5;

    /// <summary>A bundle is damaged.</summary>
    public const int Damaged = 6;

    /// <summary>A bug of ours; only then a stack trace is shown.</summary>
    public const int Bug = 70;

    /// <summary>Something asked a run to end, as a queue does before its time is up: the same command goes on from there.</summary>
    public const int RunAgain = 75;

    /// <summary>The user interrupted.</summary>
    public const int Interrupted = 130;
}
