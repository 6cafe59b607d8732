namespace Spectral.Core.Numerics;

/// <summary>Sums and multiples of numbers that are known between ends.</summary>
public static class EnclosureArithmetic
{
    extension(Enclosure)
    {
        /// <summary>The sum.</summary>
        public static Enclosure operator +(Enclosure left, Enclosure right) =>
            new(left.Value + right.Value, left.Lower + right.Lower, left.Upper + right.Upper);

        /// <summary>The product with an exact number of 0 or more.</summary>
        public static Enclosure operator *(double factor, Enclosure right) => right.Times(factor);
    }
}
