using System.Buffers;
using LookupProxy.Endpoints.Connections;

namespace LookupProxy.Endpoints.Policy;

/// <summary>
/// Postfix's policy request: name=value lines in any order, ended by an empty line (SMTPD_POLICY_README). Unknown names are skipped; of a name given
/// twice the last counts. No I/O, and no allocation but for a scratch buffer when a request lies in more than one segment.
/// </summary>
internal sealed class PolicyRequestReader(int maxRequestBytes)
{
    private byte[]? _scratch;

    /// <summary>Why the last read was a <see cref="FrameStatus.Fault"/>.</summary>
    public PolicyFault Fault { get; private set; }

    /// <param name="buffer">Begins at a request; loses the request when it is done.</param>
    /// <param name="request">Good as long as the buffer's memory is, and until the next call.</param>
    public FrameStatus TryRead(ref ReadOnlySequence<byte> buffer, out PolicyRequest request)
    {
        // Of requests sent ahead of their answers most lie in the first segment whole.
        var status = TryRead(buffer.FirstSpan, out request, out var length);
        if (status == FrameStatus.NeedMore && !buffer.IsSingleSegment)
            status = TryRead(Flatten(buffer), out request, out length);
        if (status == FrameStatus.Done)
            buffer = buffer.Slice(length);
        return status;
    }

    private FrameStatus TryRead(ReadOnlySpan<byte> bytes, out PolicyRequest request, out int length)
    {
        request = default;
        length = 0;
        if (bytes.Length > maxRequestBytes)
            bytes = bytes[..(maxRequestBytes + 1)];
        var ours = false;
        var lines = new AttributeLines(bytes);
        while (true)
        {
            if (!lines.Next(out var line, out var hasEquals))
                return Incomplete(bytes, lines.Position);
            if (line.IsEmpty)
                break;
            if (!hasEquals || !BeginsName(line[0]))
                return Fail(PolicyFault.NotAnAttribute);

            // The first byte decides most lines: few of some 30 attributes begin with one of these.
            switch (line[0])
            {
                case (byte)'r' when Is(line, "recipient="u8, out var value):
                    request.Recipient = value;
                    break;
                case (byte)'r' when Is(line, "request="u8, out var value):
                    ours = value.SequenceEqual("smtpd_access_policy"u8);
                    if (!ours)
                        return Fail(PolicyFault.WrongRequestType);
                    break;
                case (byte)'p' when Is(line, "protocol_state="u8, out var value):
                    request.ProtocolState = value;
                    break;
                case (byte)'p' when Is(line, "policy_context="u8, out var value):
                    request.PolicyContext = value;
                    break;
                case (byte)'s' when Is(line, "sasl_username="u8, out var value):
                    request.SaslUsername = value;
                    break;
            }
        }

        length = lines.Position;
        if (length > maxRequestBytes)
            return Fail(PolicyFault.TooLong);
        if (!ours)
            return Fail(length == 1 ? PolicyFault.Empty : PolicyFault.WrongRequestType);
        return FrameStatus.Done;
    }

    private static bool BeginsName(byte first) => first is > (byte)' ' and < 0x7F and not (byte)'=';

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> value)
    {
        if (!line.StartsWith(prefix))
        {
            value = default;
            return false;
        }

        value = line[prefix.Length..];
        return true;
    }

    /// <summary>Rubbish (a TLS hello, say) is told from half a request early, so that it does not hold a connection until the request's time is over.</summary>
    private FrameStatus Incomplete(ReadOnlySpan<byte> bytes, int lastLine)
    {
        if (lastLine < bytes.Length && !BeginsName(bytes[lastLine]))
            return Fail(PolicyFault.NotAnAttribute);
        return bytes.Length >= maxRequestBytes ? Fail(PolicyFault.TooLong) : FrameStatus.NeedMore;
    }

    private FrameStatus Fail(PolicyFault fault)
    {
        Fault = fault;
        return FrameStatus.Fault;
    }

    /// <summary>One byte more than the limit is enough to see that it is passed.</summary>
    private ReadOnlySpan<byte> Flatten(ReadOnlySequence<byte> buffer)
    {
        var length = (int)Math.Min(buffer.Length, maxRequestBytes + 1L);
        if (_scratch is null || _scratch.Length < length)
            _scratch = GC.AllocateUninitializedArray<byte>((int)Math.Min(uint.Max(4096, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length)), maxRequestBytes + 1L));
        buffer.Slice(0, length).CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }
}
