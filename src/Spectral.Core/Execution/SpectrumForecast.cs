namespace Spectral.Core.Execution;

/// <summary>Where a split's spectrum is predicted to be computed, and what one checkpoint's costs.</summary>
/// <param name="Split"><c>train</c> or <c>test</c>.</param>
/// <param name="Place">The place, and why where it is not the device that was asked for.</param>
/// <param name="DeviceBytes">Peak of the device's memory beside data and weights, in bytes; 0 on the CPU.</param>
/// <param name="Seconds">Time of one checkpoint.</param>
public sealed record SpectrumForecast(string Split, SpectrumPlace Place, double DeviceBytes, double Seconds);
