namespace LookupProxy.Directories.Tests.File;

/// <summary>Gives one octet a read.</summary>
internal sealed class TrickleStream(byte[] octets) : MemoryStream(octets)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(1, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(1, count));
}
