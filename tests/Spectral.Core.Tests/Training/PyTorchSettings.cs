using System.Collections.Immutable;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Schedules;

namespace Spectral.Core.Tests.Training;

/// <summary>Optimizers and schedules as <c>tests/parity/settings.py</c> gives them to PyTorch.</summary>
internal static class PyTorchSettings
{
    /// <summary>The optimizers' names.</summary>
    public static ImmutableArray<string> Optimizers { get; } =
        ["sgd", "sgd_momentum", "sgd_nesterov", "adam", "adam_decay", "adamw"];

    /// <summary>The schedules' names.</summary>
    public static ImmutableArray<string> Schedules { get; } = ["constant", "step", "cosine", "warmup"];

    /// <summary>An optimizer, its rate multiplied.</summary>
    public static Optimizer Optimizer(string name, double factor) => name switch
    {
        "sgd" => new StochasticGradientDescent(factor * 0.1),
        "sgd_momentum" => new StochasticGradientDescent(factor * 0.05, 0.9),
        "sgd_nesterov" => new StochasticGradientDescent(factor * 0.05, 0.9, true, 0.01),
        "adam" => new Adam(factor * 0.01, 0.9, 0.999, 1e-8, 0),
        "adam_decay" => new Adam(factor * 0.02, 0.8, 0.99, 1e-6, 0.1),
        "adamw" => new AdamW(factor * 0.01, 0.9, 0.999, 1e-8, 0.1),
        _ => throw new ArgumentException($"no optimizer '{name}'", nameof(name)),
    };

    /// <summary>A schedule, counted in steps.</summary>
    public static Schedule Schedule(string name) => name switch
    {
        "constant" => new Constant(),
        "step" => new StepDecay([20, 40], 0.1),
        "cosine" => new Cosine(50, 0.1),
        "warmup" => new Warmup(5, new StepDecay([20], 0.5)),
        _ => throw new ArgumentException($"no schedule '{name}'", nameof(name)),
    };
}
