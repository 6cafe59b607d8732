namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>F# scripts that the tests run.</summary>
public static class Script
{
    /// <summary>The F# form of <see cref="Spec.Tiny"/>.</summary>
    public const string Tiny = """
        open Spectral.Experiments

        experiment {
            name "tiny"
            description "A run for tests."
            seed 1
            dataset (digits { classes [ 3; 5; 8 ]; train 30; test 15 })
            noise (uniform 0.25)
            network (mlp { hidden [ 4 ]; activation tanh })
            training (
                train {
                    loss (squaredError "batch_mean")
                    optimizer (sgd { learningRate 0.05; momentum 0.9 })
                    batchSize 10
                    epochs 4
                }
            )
            jacobian (differentiate { at [ initial; epoch 2; final ] })
            cutoff (rank 5)
            threads 1
        }

        """;

    /// <summary>The tiny script with one text replaced by another.</summary>
    /// <exception cref="ArgumentException">The text does not stand in it exactly once.</exception>
    public static string TinyWith(string text, string other)
    {
        string[] parts = Tiny.Split(text);
        return parts.Length == 2
            ? string.Join(other, parts)
            : throw new ArgumentException($"'{text}' stands {parts.Length - 1} times in the tiny script", nameof(text));
    }
}
