using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What forming a Jacobian's factors on a device is predicted to cost. Shapes decide; nothing is loaded.</summary>
internal static class DeviceRowCost
{
    /// <summary>Bytes that an elementwise call moves for each byte of its output: two read and one written.</summary>
    public const double Traffic = 3;

    /// <summary>Calls of libtorch for one forward pass and K backward ones over examples in chunks.</summary>
    public static double Calls(NetworkLayout layout, double examples, double chunk, double outputs) =>
        Math.Ceiling(examples / chunk) * layout.Work.Length * (1 + outputs);

    /// <summary>
    /// Seconds of one forward pass and K backward ones over examples in chunks: the calls' time, or the device's where that is
    /// longer, for calls are made while it works.
    /// </summary>
    public static double Seconds(
        NetworkLayout layout, double examples, double chunk, double outputs, Precision precision, DeviceRates rates) =>
        Math.Max(
            Calls(layout, examples, chunk, outputs) * rates.RowCallSeconds,
            ((1 + (2 * outputs)) * examples * ForwardSeconds(layout, precision, rates)));

    /// <summary>Seconds of the outputs alone, a forward pass over examples in chunks, in binary64.</summary>
    public static double OutputSeconds(NetworkLayout layout, double examples, double chunk, DeviceRates rates) => Math.Max(
        Calls(layout, examples, chunk, 0) * rates.RowCallSeconds,
        examples * ForwardSeconds(layout, Precision.Float64, rates));

    /// <summary>Convolutions where factors are formed, flop/s.</summary>
    public static double ConvolutionFlops(Precision precision, DeviceRates rates) =>
        precision == Precision.Float32 ? rates.Float32RowFlops : rates.Float64RowFlops;

    /// <summary>Products of large matrices, flop/s.</summary>
    public static double ProductFlops(Precision precision, DeviceRates rates) =>
        precision == Precision.Float32 ? rates.Float32ProductFlops : rates.Float64ProductFlops;

    /// <summary>Bytes of a number.</summary>
    public static double Element(Precision precision) => precision == Precision.Float32 ? sizeof(float) : sizeof(double);

    /// <summary>Seconds of one example's forward pass, calls left out.</summary>
    private static double ForwardSeconds(NetworkLayout layout, Precision precision, DeviceRates rates) =>
        layout.Work.Sum(work => work.Kind switch
        {
            WorkKind.Product => work.Flops / ProductFlops(precision, rates),
            WorkKind.Convolution => work.Flops / ConvolutionFlops(precision, rates),
            _ => Traffic * Element(precision) * work.Elements / rates.CopyBytes,
        });
}
