using System.Runtime.InteropServices;
using Spectral.Core.Execution;

namespace Spectral.Cli;

/// <summary>The only place where exceptions become messages and exit codes.</summary>
public static class Failure
{
    /// <summary>Says on stderr what happened and gives the exit code.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="isTermination">Whether the program was asked to end by SIGTERM, not by Ctrl-C.</param>
    public static int Report(Exception failure, bool isTermination = false)
    {
        (int code, string message) = failure switch
        {
            SavedRunException => (
                isTermination ? ExitCode.RunAgain : ExitCode.Interrupted,
                "interrupted; what was done is in the cache, and the same command goes on from there"),
            OperationCanceledException => (ExitCode.Interrupted, "interrupted; nothing was left behind"),
            UnavailableException => (ExitCode.Unavailable, failure.Message),
            _ when IsOutOfMemory(failure) => (
                ExitCode.Unavailable,
                $"this machine's memory does not suffice: {failure.Message.Split('\n')[0]}; 'spectral plan' says what each "
                + "stage needs"),
            // Other words of libtorch's that name CUDA, such as of tensors on two devices, tell of a bug.
            ExternalException when failure.Message.Contains("CUDA error", StringComparison.Ordinal)
                || failure.Message.Contains("CUDA driver", StringComparison.Ordinal) => (
                ExitCode.Unavailable,
                $"the GPU failed: {failure.Message.Split('\n')[0]}; '--device cpu' runs on the CPU, and 'spectral doctor' looks "
                + "at the device"),
            DamagedBundleException => (ExitCode.Damaged, failure.Message),
            IOException or UnauthorizedAccessException or InvalidDataException => (ExitCode.Failed, failure.Message),
            _ => (ExitCode.Bug, $"a bug of Spectral's; please report it with what follows{Environment.NewLine}{failure}"),
        };
        Console.Error.WriteLine($"spectral: {message}");
        return code;
    }

    /// <summary>The runtime's own failure, ours, or libtorch's, which has no type of its own.</summary>
    private static bool IsOutOfMemory(Exception failure) => failure is OutOfMemoryException
        || (failure is ExternalException
            && (failure.Message.Contains("can't allocate memory", StringComparison.Ordinal)
                || failure.Message.Contains("out of memory", StringComparison.Ordinal)));
}

/// <summary>A run was asked to stop, and the same command goes on from where it stood.</summary>
/// <param name="cause">What stopped it.</param>
public sealed class SavedRunException(OperationCanceledException cause) : OperationCanceledException(cause.Message, cause);

/// <summary>A bundle cannot be read as one; the message names the bundle and what is wrong.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class DamagedBundleException(string message, Exception? inner = null) : Exception(message, inner);
