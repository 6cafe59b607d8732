namespace Spectral.Core.Numerics;

/// <summary>How a convolution's square window slides over an image.</summary>
/// <param name="KernelSize">Side of the window, in taps.</param>
/// <param name="Stride">Pixels between neighbouring windows.</param>
/// <param name="Padding">Zeros on each side of the image, in pixels.</param>
/// <param name="Dilation">Pixels between neighbouring taps.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
public sealed record ConvWindow(int KernelSize, int Stride, int Padding, int Dilation, int Groups);
