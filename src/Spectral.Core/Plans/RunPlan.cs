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

    /// <summary>How many of a split's examples, counted from its first, have rows in its Jacobian.</summary>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    public int JacobianExamples(string split) =>
        Jacobian.Examples.TryGetValue(split, out int examples) ? examples
            : split == "train" ? Dataset.TrainCount : Dataset.TestCount;
}

/// <summary>Weights of a network that was trained elsewhere.</summary>
/// <param name="Sha256">SHA-256 of the safetensors file that holds them, 64 lower-case hexadecimal digits.</param>
/// <param name="Epoch">The number of finished epochs, which names the checkpoint.</param>
public sealed record GivenWeights(string Sha256, int Epoch);

/// <summary>How the network is trained.</summary>
/// <param name="Loss">The loss, which names its unit.</param>
/// <param name="Optimizer">The optimizer with its step size.</param>
/// <param name="BatchSize">Examples a step, in [1, n]; the last batch of an epoch may be smaller.</param>
/// <param name="Epochs">Passes over the training split, 0 or more; fewer where <paramref name="Stop"/> ends training.</param>
/// <param name="Precision">The element type of weights and outputs in training.</param>
/// <param name="RecordOutputsEvery">Epochs between recorded outputs, 1 or more; epoch 0 and the last are recorded always.</param>
/// <param name="Schedule">What the step size is multiplied by in each epoch.</param>
/// <param name="Augment">Random changes of every batch, in this order; may be empty.</param>
/// <param name="ClipGradientNorm">The largest Euclidean norm of a step's gradient, above 0, or null for any.</param>
/// <param name="Stop">What ends training before its last epoch.</param>
public sealed record TrainingPlan(
    Loss Loss,
    Optimizer Optimizer,
    int BatchSize,
    int Epochs,
    Precision Precision,
    int RecordOutputsEvery,
    Schedule Schedule,
    ImmutableArray<Augmentation> Augment,
    double? ClipGradientNorm,
    StoppingRule Stop)
{
    /// <summary>
    /// Epochs between evaluations of all splits, 1 or more, a divisor of <see cref="RecordOutputsEvery"/>; epoch
    /// 0, the epochs of checkpoints and the last are evaluated always.
    /// </summary>
    public int EvaluateEvery { get; init; } = 1;

    /// <summary>
    /// The theory time of one step: its step size in units of the full batch's sum of 1/2 ||f_i - y_i||^2, eta / (1 -
    /// momentum) times the schedule's factor, the loss's unit and B/n. Null where linear dynamics say nothing: another
    /// loss, adaptive steps, weight decay, augmentation, clipping. Source: arXiv:1906.05392v2, lemma 6.5.
    /// </summary>
    /// <param name="batch">B, the examples of this step.</param>
    /// <param name="examples">n, the examples of the training split.</param>
    /// <param name="outputs">K.</param>
    /// <param name="finished">Epochs that are finished before the step.</param>
    public double? TheoryTime(int batch, int examples, int outputs, int finished) =>
        Augment.IsEmpty && ClipGradientNorm is null
            ? Optimizer.FlowRate * Schedule.Factor(finished) * Loss.SquaredUnit(batch, outputs) * batch / examples
            : null;
}

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
    string Method)
{
    /// <summary>
    /// For a split whose Jacobian has rows for its first examples only, their number, in [1, n). A split that is not
    /// named has rows for all.
    /// </summary>
    public ImmutableSortedDictionary<string, int> Examples { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>How many of the largest singular values are computed, 1 or more; null for all of them.</summary>
    public int? Top { get; init; }
}

/// <summary>
/// A point of training at which the weights are kept: after an epoch, after a step, or where a split's error was lowest.
/// Exactly one of <paramref name="Epoch"/>, <paramref name="Step"/> and <paramref name="BestOf"/> is given.
/// </summary>
/// <param name="Name">
/// Its name in files and tables: <c>initial</c>, <c>final</c>, the epoch, <c>step-120</c>, <c>best-test</c> or
/// <c>best-validation</c>.
/// </param>
/// <param name="Epoch">
/// The number of finished epochs, 0 to the plan's epochs, or null. <c>final</c> is the end of training wherever a rule
/// puts it.
/// </param>
/// <param name="Step">The number of finished steps, 1 or more, or null.</param>
/// <param name="BestOf">
/// The split whose error is lowest there, <c>test</c> or <c>validation</c>, or null; of equal errors the first epoch's.
/// </param>
public sealed record Checkpoint(string Name, int? Epoch, long? Step = null, string? BestOf = null)
{
    /// <summary>The name of the end of training.</summary>
    public const string Final = "final";
}

/// <summary>An IEEE 754 element type.</summary>
public enum Precision
{
    /// <summary>Binary32: unit roundoff 6.0e-8.</summary>
    Float32,

    /// <summary>Binary64: unit roundoff 1.1e-16.</summary>
    Float64,
}
