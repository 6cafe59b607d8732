namespace Spectral.Core.Plans;

/// <summary>A parameter that a layer needs.</summary>
/// <param name="Name">Its name in the layer, as PyTorch's state dict has it: <c>weight</c>, <c>bias</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Initialization">The distribution of its initial values.</param>
/// <param name="FanIn">Inputs that one output sees.</param>
/// <param name="FanOut">Outputs that one input reaches.</param>
public sealed record ParameterSlot(string Name, Shape Shape, Initialization Initialization, int FanIn, int FanOut);
