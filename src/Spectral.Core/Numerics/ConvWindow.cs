using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>How a convolution's square window slides over an image.</summary>
/// <param name="KernelSize">Side of the window, in taps.</param>
/// <param name="Stride">Pixels between neighbouring windows.</param>
/// <param name="Padding">Zeros on each side of the image, in pixels.</param>
/// <param name="Dilation">Pixels between neighbouring taps.</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
public sealed record ConvWindow(int KernelSize, int Stride, int Padding, int Dilation, int Groups)
{
    /// <summary>
    /// The windows of images [n, channels, height, width] as vectors, [n, groups, F, S] with F = channels / groups times
    /// taps and S places; on any device, part of the autograd graph where the images are.
    /// </summary>
    public Tensor Unfold(Tensor images)
    {
        long n = images.shape[0], channels = images.shape[1];
        // As one image of n times the channels: libtorch unfolds images one by one, which on a GPU costs a kernel for each.
        Tensor windows = nn.functional.unfold(
            images.reshape(1, n * channels, images.shape[2], images.shape[3]),
            (KernelSize, KernelSize),
            (Dilation, Dilation),
            (Padding, Padding),
            (Stride, Stride)); // [1, n groups F, S]
        return windows.view(n, Groups, channels / Groups * KernelSize * KernelSize, windows.shape[2]);
    }
}
