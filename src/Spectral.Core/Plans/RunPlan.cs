using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>
/// One run, complete and ready to execute: the contract between the DSL, which makes it, and the runner, which follows
/// it. It holds everything that decides the result except the machine. Its canonical JSON's SHA-256 is the plan hash;
/// compare plans by that hash (records that hold arrays are not equal by <c>==</c>).
/// </summary>
/// <param name="Seeds">The seeds of the named random streams.</param>
/// <param name="Dataset">Where examples and their clean labels come from.</param>
/// <param name="Noise">How training labels are corrupted.</param>
/// <param name="Network">The network.</param>
/// <param name="Trainable">Which parameters training changes.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="Jacobian">Where and how the Jacobian's spectrum is computed.</param>
/// <param name="Cutoff">Where the spectrum is split into information and nuisance space.</param>
/// <param name="Analyses">What is measured, in this order.</param>
/// <param name="Threads">Threads of the stages whose bits depend on them, 1 or more.</param>
public sealed record RunPlan(
    Seeds Seeds,
    Dataset Dataset,
    LabelNoise Noise,
    Network Network,
    ParameterSelection Trainable,
    TrainingPlan Training,
    JacobianPlan Jacobian,
    Cutoff Cutoff,
    ImmutableArray<Analysis> Analyses,
    int Threads)
{
    /// <summary>
    /// SHA-256 of the safetensors file that holds the weights before training, 64 lower-case hexadecimal digits; null
    /// where they are drawn. Bytes, not a path: the same weights elsewhere are the same plan.
    /// </summary>
    public string? InitialWeights { get; init; }

    /// <summary>
    /// Weights that were trained elsewhere, by increasing epoch: they are the checkpoints, nothing is trained, and the
    /// first of them gives the initial residual. Empty where the checkpoints come from training.
    /// </summary>
    public ImmutableArray<GivenWeights> Weights { get; init; } = [];
}

/// <summary>Weights of a network that was trained elsewhere.</summary>
/// <param name="Sha256">SHA-256 of the safetensors file that holds them, 64 lower-case hexadecimal digits.</param>
/// <param name="Epoch">The number of finished epochs, which names the checkpoint.</param>
public sealed record GivenWeights(string Sha256, int Epoch);

/// <summary>How the network is trained.</summary>
/// <param name="Loss">The loss, which names its unit.</param>
/// <param name="Optimizer">The optimizer with its step size.</param>
/// <param name="BatchSize">Examples a step, in [1, n]; the last batch of an epoch may be smaller.</param>
/// <param name="Epochs">Passes over the training split, 0 or more.</param>
/// <param name="Precision">The element type of weights and outputs in training.</param>
/// <param name="RecordOutputsEvery">Epochs between recorded outputs, 1 or more; epoch 0 and the last are recorded always.</param>
public sealed record TrainingPlan(
    Loss Loss, Optimizer Optimizer, int BatchSize, int Epochs, Precision Precision, int RecordOutputsEvery);

/// <summary>Where and how the Jacobian's spectrum is computed.</summary>
/// <param name="At">The checkpoints, by increasing epoch.</param>
/// <param name="Splits">The splits, each with its own Jacobian: <c>train</c>, <c>test</c>.</param>
/// <param name="Parameters">Which parameters the Jacobian has columns for; all means those that training changes.</param>
/// <param name="Precision">The element type in which the network is differentiated and the spectrum computed.</param>
/// <param name="Method">The method that was chosen; never <c>auto</c>, which the compiler resolves.</param>
public sealed record JacobianPlan(
    ImmutableArray<Checkpoint> At,
    ImmutableArray<string> Splits,
    ParameterSelection Parameters,
    Precision Precision,
    string Method);

/// <summary>A point of training at which the weights are kept.</summary>
/// <param name="Name">Its name in files and tables: <c>initial</c>, <c>final</c> or the epoch.</param>
/// <param name="Epoch">The number of finished epochs, 0 to the plan's epochs.</param>
public sealed record Checkpoint(string Name, int Epoch);

/// <summary>An IEEE 754 element type.</summary>
public enum Precision
{
    /// <summary>Binary32: unit roundoff 6.0e-8.</summary>
    Float32,

    /// <summary>Binary64: unit roundoff 1.1e-16.</summary>
    Float64,
}
