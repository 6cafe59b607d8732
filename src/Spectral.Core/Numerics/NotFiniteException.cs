namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian has no spectrum, for a weight, an input, one of its entries or the sum of their squares is NaN or infinite
/// in binary64. The numbers are to blame, not the caller.
/// </summary>
/// <param name="message">What is not finite, and where.</param>
public sealed class NotFiniteException(string message) : ArgumentException(message);
