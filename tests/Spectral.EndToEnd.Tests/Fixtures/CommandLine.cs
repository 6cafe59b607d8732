using System.Collections.Immutable;
using System.Diagnostics;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>
/// The built program <c>spectral</c> as a user starts it: a child process with a working folder, an environment and no
/// stdin. The program lies beside the test assembly, with libtorch.
/// </summary>
/// <param name="WorkingFolder">What relative paths are relative to.</param>
public sealed record CommandLine(string WorkingFolder)
{
    /// <summary>Variables of the test's own environment that would change what the program does.</summary>
    private static readonly ImmutableArray<string> Foreign =
    [
        "NO_COLOR", "SPECTRAL_CACHE", "XDG_CACHE_HOME", "ATEN_CPU_CAPABILITY", "CUBLAS_WORKSPACE_CONFIG", "MKL_CBWR",
        "MKL_ENABLE_INSTRUCTIONS", "OMP_NUM_THREADS", "DOTNET_TieredCompilation", "TERM",
    ];

    private ImmutableDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;

    private ImmutableArray<string> Before { get; init; } = [];

    /// <summary>The program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "spectral.dll");

    /// <summary>How long a process may take before it is killed with all its children: far more than any needs.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMinutes(3);

    /// <summary>The program in the folder of the temporary folder.</summary>
    public static CommandLine In(WorkFolder folder) => new(folder.Path);

    /// <summary>The same with one more environment variable.</summary>
    public CommandLine With(string name, string value) => this with { Variables = Variables.SetItem(name, value) };

    /// <summary>
    /// The same with SIGINT and SIGTERM in their default disposition, which a test runner in the background would
    /// otherwise pass on as "ignored".
    /// </summary>
    public CommandLine WithDefaultSignals() => this with { Before = ["/usr/bin/env", "--default-signal=INT,TERM"] };

    /// <summary>Runs the program to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than <see cref="Patience"/>.</exception>
    public async Task<Outcome> Run(params string[] arguments)
    {
        using RunningProcess process = Start(arguments);
        return await process.End(Patience);
    }

    /// <summary>Starts the program.</summary>
    public RunningProcess Start(params string[] arguments) => StartProcess([.. Before, "dotnet", Program, .. arguments]);

    /// <summary>Runs any other program to its end, in the same folder and environment.</summary>
    public async Task<Outcome> RunOther(string program, params string[] arguments)
    {
        using RunningProcess process = StartProcess([program, .. arguments]);
        return await process.End(Patience);
    }

    private RunningProcess StartProcess(ImmutableArray<string> command)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            WorkingDirectory = WorkingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (string name in Foreign)
            start.Environment.Remove(name);
        // A cache of its own, gone with the process: no test finds what another one left.
        string cache = Path.Combine(Path.GetTempPath(), $"spectral-e2e-cache-{Guid.NewGuid():N}");
        if (!Variables.ContainsKey("SPECTRAL_CACHE") && !Variables.ContainsKey("XDG_CACHE_HOME"))
            start.Environment["SPECTRAL_CACHE"] = cache;
        foreach ((string name, string value) in Variables)
            start.Environment[name] = value;
        return RunningProcess.Start(start, cache);
    }
}
