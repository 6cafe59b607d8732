using Xunit;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>Specs that the tests run: the checkout's quickstart, and a tiny one with variants.</summary>
public static class Spec
{
    /// <summary>A whole run in a tenth of a second: n = 30, K = 3, p = 275, one thread.</summary>
    public const string Tiny = """
        # A comment that no plan sees.
        spectral: 1
        name: tiny
        description: A run for tests.
        seed: 1
        dataset:
          digits: {classes: [3, 5, 8], train: 30, test: 15}
        noise: {uniform: 0.25}
        network:
          mlp: {hidden: [4], activation: tanh}
        training:
          loss: {squared_error: batch_mean}
          optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}
          batch_size: 10
          epochs: 4
        jacobian:
          at: [initial, 2, final]
        cutoff: {rank: 5}
        threads: 1

        """;

    /// <summary>The example that the readme starts with, in the checkout that the tests were built from.</summary>
    public static string Quickstart { get; } = Path.Combine(Checkout(), "experiments", "quickstart.yaml");

    /// <summary>The methods of a spectrum.</summary>
    public static TheoryData<string> Methods { get; } = ["direct", "gram", "tsqr", "krylov"];

    /// <summary>The tiny spec with its spectra by a method; of krylov the five largest values.</summary>
    public static string TinyBy(string method) => TinyWith(
        "at: [initial, 2, final]", "at: [initial, 2, final]" + By(method));

    /// <summary>The lines that name a method, at the end of the block <c>jacobian</c>.</summary>
    public static string By(string method) =>
        $"\n  method: {method}" + (method == "krylov" ? "\n  spectrum: {top: 5}" : "");

    /// <summary>The tiny spec with one text replaced by another.</summary>
    /// <exception cref="ArgumentException">The text does not stand in it exactly once.</exception>
    public static string TinyWith(string text, string other)
    {
        string[] parts = Tiny.Split(text);
        return parts.Length == 2
            ? string.Join(other, parts)
            : throw new ArgumentException($"'{text}' stands {parts.Length - 1} times in the tiny spec", nameof(text));
    }

    private static string Checkout()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Spectral.sln")))
                return at.FullName;
        }

        throw new DirectoryNotFoundException($"no Spectral.sln above {AppContext.BaseDirectory}");
    }
}
