namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>
/// The program's own entry point, called here instead of in a process of its own, for tables of cases too long to start a
/// process each. One call at a time, since a process has one console.
/// </summary>
public static class InProcess
{
    private static readonly SemaphoreSlim One = new(1);

    /// <summary>Runs a command line; paths are absolute.</summary>
    public static async Task<Outcome> Run(params string[] arguments)
    {
        await One.WaitAsync();
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        try
        {
            using StringWriter said = new(), complained = new();
            Console.SetOut(said);
            Console.SetError(complained);
            int code = await Spectral.Cli.Program.Main(arguments);
            return new Outcome("spectral " + string.Join(' ', arguments), code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            One.Release();
        }
    }
}
