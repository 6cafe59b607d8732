namespace Spectral.Core.Numerics;

/// <summary>
/// The sizes of a convolution of one image, [channels, height, width] to [outputs, outHeight, outWidth].
/// </summary>
/// <param name="Channels">Channels that go in.</param>
/// <param name="Height">Pixels of a column of the input.</param>
/// <param name="Width">Pixels of a row of the input.</param>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="Window">How the window slides.</param>
public sealed record ConvShape(int Channels, int Height, int Width, int Outputs, ConvWindow Window)
{
    /// <summary>Pixels from the first tap of a window to the last one of the same row.</summary>
    public int Reach => Window.Dilation * (Window.KernelSize - 1);

    /// <summary>Pixels of a column of the output.</summary>
    public int OutHeight => ((Height + (2 * Window.Padding) - Reach - 1) / Window.Stride) + 1;

    /// <summary>Pixels of a row of the output.</summary>
    public int OutWidth => ((Width + (2 * Window.Padding) - Reach - 1) / Window.Stride) + 1;

    /// <summary>S, the places where the window stands.</summary>
    public int Places => OutHeight * OutWidth;

    /// <summary>Elements of one input image.</summary>
    public int InputElements => Channels * Height * Width;

    /// <summary>Elements of one output image.</summary>
    public int OutputElements => Outputs * Places;

    /// <summary>Channels that one group sees.</summary>
    public int GroupChannels => Channels / Window.Groups;

    /// <summary>Channels that one group gives.</summary>
    public int GroupOutputs => Outputs / Window.Groups;

    /// <summary>Taps of the window.</summary>
    public int Taps => Window.KernelSize * Window.KernelSize;

    /// <summary>F, the inputs of one output: channels of a group times taps.</summary>
    public int Fan => GroupChannels * Taps;

    /// <summary>Elements of one image's unfolded windows.</summary>
    public int WindowElements => Channels * Taps * Places;
}
