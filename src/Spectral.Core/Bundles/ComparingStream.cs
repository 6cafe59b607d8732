using System.Globalization;

namespace Spectral.Core.Bundles;

/// <summary>Takes what is written to it as what another stream should hold, and fails at the first difference.</summary>
/// <param name="reference">The other stream, at its start.</param>
internal sealed class ComparingStream(Stream reference) : Stream
{
    private byte[] _block = [];

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The reference holds other bytes, or fewer.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var at = reference.Position;
        if (_block.Length < buffer.Length)
            _block = new byte[buffer.Length];
        var block = _block.AsSpan(0, buffer.Length);
        var same = reference.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) == block.Length
            ? buffer.CommonPrefixLength(block)
            : 0;
        if (same < buffer.Length)
            throw Difference(at + same);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <summary>Says that all has been written.</summary>
    /// <exception cref="InvalidDataException">The reference holds more.</exception>
    public void End()
    {
        if (reference.Position != reference.Length)
            throw Difference(reference.Position);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static InvalidDataException Difference(long at) => new(string.Create(CultureInfo.InvariantCulture,
        $"byte {at}: found another byte than 'bundle pack' writes for the bundle in it, expected its archive"));
}
