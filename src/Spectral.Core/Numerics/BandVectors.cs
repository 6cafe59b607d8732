namespace Spectral.Core.Numerics;

internal static unsafe class BandVectors
{
    public static AlignedMatrix Find(SymmetricBand band, ReadOnlySpan<double> values, EigenSettings settings) => throw new NotImplementedException();
}
