using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

[assembly: AssemblyFixture(typeof(SealedBundles))]

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>
/// Two bundles that are made once and shared by all tests, which only read them: the quickstart's and a tiny one. Both
/// were made in this folder with <c>--out runs</c>, on the CPU.
/// </summary>
public sealed class SealedBundles : IAsyncLifetime
{
    private readonly WorkFolder _folder = new();

    /// <summary>The working folder of both runs.</summary>
    public string Folder => _folder.Path;

    /// <summary>What <c>run quickstart.yaml</c> said.</summary>
    public Outcome QuickstartRun { get; private set; } = null!;

    /// <summary>The quickstart's bundle.</summary>
    public string Quickstart => QuickstartRun.Bundle(Folder);

    /// <summary>What <c>run tiny.yaml</c> said.</summary>
    public Outcome TinyRun { get; private set; } = null!;

    /// <summary>The tiny bundle.</summary>
    public string Tiny => TinyRun.Bundle(Folder);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        CommandLine spectral = CommandLine.In(_folder);
        string tiny = _folder.Write("tiny.yaml", Spec.Tiny);
        Task<Outcome> running = spectral.Run("run", Spec.Quickstart, "--out", "runs", "--device", "cpu");
        TinyRun = await spectral.Run("run", tiny, "--out", "runs", "--device", "cpu");
        QuickstartRun = await running;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
