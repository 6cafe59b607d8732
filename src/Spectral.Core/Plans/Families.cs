using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Plans;

// The open component families, on one page. A member is one file with one sealed record and one line in the Catalog.
// A record carries its pure behaviour, so that nothing else switches on kinds.

/// <summary>Where examples and their clean labels come from.</summary>
public abstract record Dataset
{
    /// <summary>The shape of one example as the network gets it.</summary>
    public abstract Shape InputShape { get; }

    /// <summary>The names of the K classes, in the order of the outputs.</summary>
    public abstract ImmutableArray<string> ClassNames { get; }

    /// <summary>Whether targets are the one-hot vectors of classes; otherwise they are K real values.</summary>
    public abstract bool HasClasses { get; }

    /// <summary>The number of training examples n.</summary>
    public abstract int TrainCount { get; }

    /// <summary>The number of validation examples; 0 for none.</summary>
    public abstract int ValidationCount { get; }

    /// <summary>The number of test examples.</summary>
    public abstract int TestCount { get; }

    /// <summary>Bytes of the files that the examples are chosen from, unpacked; 0 where they are drawn or few.</summary>
    public virtual long SourceBytes => 0;

    /// <summary>Reads and chooses the examples; the same seed gives the same ones on every machine.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read; the message says where it was looked for.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it.</exception>
    public abstract DatasetArrays Load(DataFolders folders, ulong seed);
}

/// <summary>How training labels are corrupted. Test labels always stay clean.</summary>
public abstract record LabelNoise
{
    /// <summary>
    /// What the noise expects of targets that it cannot corrupt, as the end of the sentence "expects ..."; null where
    /// it can.
    /// </summary>
    /// <param name="outputs">K.</param>
    /// <param name="areClasses">Whether the targets are one-hot classes, not real values.</param>
    public abstract string? Problem(int outputs, bool areClasses);

    /// <summary>
    /// The given targets for clean ones. The examples that a rate corrupts are among those that any higher rate corrupts
    /// (masks nest).
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="Problem"/> says that it cannot.</exception>
    public abstract TargetArrays Corrupt(TargetArrays clean, ulong seed);
}

/// <summary>A network: its layers for an input shape and a number of outputs.</summary>
public abstract record Network
{
    /// <summary>The layers in order, under the names that PyTorch's modules would have.</summary>
    public abstract ImmutableArray<NamedLayer> Layers(Shape input, int outputs);
}

/// <summary>A differentiable map of one example to another, with or without parameters.</summary>
public abstract record Layer
{
    /// <summary>The output shape for an input shape, or what the layer expects instead.</summary>
    public abstract ShapeMatch OutputShape(Shape input);

    /// <summary>Floating-point operations of one example's forward pass, a multiplication and an addition counting two.</summary>
    public abstract double ForwardFlops(Shape input);

    /// <summary>
    /// The calls of one example's forward pass, for predicting its time and memory; together they have the operations of
    /// <see cref="ForwardFlops"/>. One elementwise call, unless a layer says otherwise.
    /// </summary>
    /// <param name="input">A shape that fits.</param>
    public virtual ImmutableArray<LayerWork> Work(Shape input) =>
        [new LayerWork(WorkKind.Elementwise, ForwardFlops(input), OutputShape(input).Output?.Count ?? 0)];

    /// <summary>The parameters and buffers for an input shape that fits, in PyTorch's order.</summary>
    public abstract ImmutableArray<ParameterSlot> Parameters(Shape input);

    /// <summary>
    /// Applies the layer to a batch <c>[n, ...]</c>. <paramref name="parameters"/> are in the order of
    /// <see cref="Parameters"/>. On a pass with a tape, a layer with parameters records itself once for each use.
    /// </summary>
    public abstract Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass);
}

/// <summary>The distribution of initial weights.</summary>
public abstract record Initialization
{
    /// <summary>The standard deviation or half-width is a function of the fans; values come from our own stream only.</summary>
    /// <param name="stream">The parameter's own stream.</param>
    /// <param name="count">How many values.</param>
    /// <param name="fanIn">Inputs that one output sees.</param>
    /// <param name="fanOut">Outputs that one input reaches.</param>
    public abstract double[] Draw(RandomStream stream, int count, int fanIn, int fanOut);

    /// <summary>The distribution of the biases of a layer whose weights have this one: often the same, often zeros.</summary>
    public abstract Initialization OfBiases();
}

/// <summary>The training loss, a function of outputs f and targets y, both [B, K].</summary>
public abstract record Loss
{
    /// <summary>What is compared with the targets, [B, K]: f itself, or softmax(f). The loss residual is this - y.</summary>
    public abstract Tensor Predictions(Tensor outputs);

    /// <summary>The same for one example's outputs [K], in place.</summary>
    public abstract void Predict(Span<double> outputs);

    /// <summary>The loss of a batch as a scalar tensor.</summary>
    public abstract Tensor Value(Tensor outputs, Tensor targets);

    /// <summary>The loss's gradient by the outputs, [B, K]: where the backward pass begins. No graph is made.</summary>
    public abstract Tensor Gradient(Tensor outputs, Tensor targets);

    /// <summary>
    /// c of loss = c 1/2 sum_i ||f_i - y_i||^2 for a batch of <paramref name="examples"/> and K =
    /// <paramref name="outputs"/>; null for a loss that is none of this form, which the squared-loss theory refuses.
    /// </summary>
    public abstract double? SquaredUnit(int examples, int outputs);
}

/// <summary>The rule that changes the weights, with its step size.</summary>
public abstract record Optimizer
{
    /// <summary>
    /// The step size of the gradient flow that the rule follows, eta / (1 - momentum), per unit of the loss; null where
    /// there is none (adaptive steps, weight decay).
    /// </summary>
    public abstract double? FlowRate { get; }

    /// <summary>Starts a training of <paramref name="parameters"/> [p], one vector that the updates change in place.</summary>
    public abstract OptimizerState Start(Tensor parameters);
}

/// <summary>How the step size changes over the epochs.</summary>
public abstract record Schedule
{
    /// <summary>What the optimizer's rate is multiplied by in an epoch.</summary>
    /// <param name="finished">The number of epochs that are finished before it, 0 or more.</param>
    public abstract double Factor(int finished);
}

/// <summary>A random change of training examples that leaves their labels true. The Jacobian never sees it.</summary>
public abstract record Augmentation
{
    /// <summary>The shape for an input shape that fits, or what is expected instead.</summary>
    public abstract ShapeMatch OutputShape(Shape input);

    /// <summary>A changed copy of a batch [B, ...]; the stream belongs to this step alone.</summary>
    public abstract Tensor Apply(Tensor batch, RandomStream stream);
}

/// <summary>What ends training before its last epoch.</summary>
public abstract record StoppingRule
{
    /// <summary>The split whose error by epoch the rule watches, <c>test</c> or <c>validation</c>, or null.</summary>
    public abstract string? WatchedSplit { get; }

    /// <summary>Whether the rule needs the cutoff alpha on the training split's J(W_0): that spectrum then comes first.</summary>
    public abstract bool NeedsInitialSpectrum { get; }

    /// <summary>Whether training ends after these errors of the watched split, one for each epoch from 0 on.</summary>
    public abstract bool IsOver(IReadOnlyList<double> errors);

    /// <summary>
    /// The theory time after which training ends, the sum of the step sizes in units of the full batch's sum, for a
    /// cutoff alpha; infinity for none.
    /// </summary>
    public abstract double TimeLimit(double alpha);
}

/// <summary>Where the spectrum is split.</summary>
public abstract record Cutoff
{
    /// <summary>The rank that the cutoff asks for by number, or null: what a compiler can hold against min(nK, p).</summary>
    public abstract int? RequiredRank { get; }

    /// <summary>
    /// alpha in units of sigma, where sigma_1 alone gives it, so that a space has a name before its rank is known; null
    /// where other singular values take part.
    /// </summary>
    /// <param name="largest">sigma_1.</param>
    public virtual double? Threshold(double largest) => null;

    /// <summary>The split of a spectrum, or why there is none that can be trusted.</summary>
    public abstract CutoffOutcome Resolve(SingularSpectrum spectrum);
}

/// <summary>Something measured on a finished run.</summary>
public abstract record Analysis
{
    /// <summary>Whether it is measured where a spec names no analyses.</summary>
    public virtual bool IsPreset => true;

    /// <summary>How it goes through the Jacobian again; most do not.</summary>
    public virtual AnalysisWork Work => AnalysisWork.None;

    /// <summary>
    /// Why it has nothing to say of a plan, as the end of a sentence that begins with its kind; null where it has. The
    /// compiler asks: an analysis that a spec names is refused then, one that it does not name is left out.
    /// </summary>
    public virtual string? Inapplicable(RunPlan plan) => null;

    /// <summary>
    /// The measurements, and tables of what is no single number; a quantity that is undefined or cannot be trusted is
    /// NaN with a status that says why.
    /// </summary>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public abstract AnalysisResult Analyse(RunView run);
}
