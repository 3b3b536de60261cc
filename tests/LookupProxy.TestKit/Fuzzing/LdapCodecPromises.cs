using System.Buffers;
using System.Formats.Asn1;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Buffers;
using LookupProxy.TestKit.Codec;

namespace LookupProxy.TestKit.Fuzzing;

/// <summary>
/// What must hold for any bytes at all: nothing is thrown; only Done consumes, and just one PDU; memory is bounded by the octets there; what was read
/// is written and read again the same; how the bytes are cut makes no difference; a second decoder that takes them reads the same.
/// </summary>
internal sealed class LdapCodecPromises
{
    /// <summary>A filter may hold a thousand empty parts of two octets and some fifty in memory.</summary>
    private const int AllocationForAnOctet = 32;
    private const int AllocationForAnyMessage = 4096;

    private static readonly LdapMessageReader s_reader = new(new LdapCodecLimits());
    private readonly ArrayBufferWriter<byte> _first = new();
    private readonly ArrayBufferWriter<byte> _second = new();
    private byte[] _bytes = [];
    private ulong _mutation;

    public FuzzReport Report { get; } = new();

    public void Check(byte[] bytes, ulong mutation)
    {
        _bytes = bytes;
        _mutation = mutation;
        try
        {
            CheckReading();
        }
        catch (Exception e) when (e is not BrokenPromiseException)
        {
            throw new BrokenPromiseException("it threw", mutation, bytes, e);
        }
    }

    private void CheckReading()
    {
        var buffer = new ReadOnlySequence<byte>(_bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var status = s_reader.TryRead(ref buffer, out var message, out var fault);
        CheckAllocation(GC.GetAllocatedBytesForCurrentThread() - before);

        Expect((status == ReadStatus.Done) == message is not null, "message and status differ");
        Expect((status == ReadStatus.Fault) == fault is not null, "fault and status differ");
        Expect(status == ReadStatus.Done || buffer.Length == _bytes.Length, "it consumed what it did not take");
        Count(status);
        if (_mutation % 16 == 0)
            CheckPieces(status, buffer.Length, message, fault);
        if (message is not null)
            CheckMessage(message, (int)(_bytes.Length - buffer.Length));
    }

    private void CheckAllocation(long allocated)
    {
        var bound = AllocationForAnyMessage + ((long)AllocationForAnOctet * _bytes.Length);
        if (allocated > bound)
            allocated = MeasureAgain();
        Expect(allocated <= bound, "it allocated too much");
        if (_bytes.Length >= 1024)
            Report.WorstAmplification = Math.Max(Report.WorstAmplification, (double)allocated / _bytes.Length);
    }

    /// <summary>The first use of a type initialises it, at the cost of whoever comes first.</summary>
    private long MeasureAgain()
    {
        var buffer = new ReadOnlySequence<byte>(_bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = s_reader.TryRead(ref buffer, out _, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void CheckPieces(ReadStatus status, long left, LdapMessage? message, string? fault)
    {
        var pieces = SegmentedBuffer.Of(_bytes, _mutation % 32 == 0 ? 1 : 5);
        Expect(s_reader.TryRead(ref pieces, out var read, out var found) == status, "pieces end otherwise");
        Expect(pieces.Length == left, "pieces are consumed otherwise");
        Expect(found == fault, "pieces fail otherwise");
        Expect(read is null || MessageDump.Of(read) == MessageDump.Of(message!), "pieces are read otherwise");
    }

    private void CheckMessage(LdapMessage message, int octets)
    {
        var thorough = _mutation % 64 == 0;
        if (thorough)
            CompareWithOracle(message, _bytes.AsMemory(0, octets));
        ControlValues.ReadAll(message);
        if (message.Operation is WriteRequest)
            return;

        _first.ResetWrittenCount();
        _second.ResetWrittenCount();
        LdapMessageWriter.Write(_first, message);
        var again = new ReadOnlySequence<byte>(_first.WrittenMemory);
        Expect(s_reader.TryRead(ref again, out var second, out _) == ReadStatus.Done && again.IsEmpty, "what it wrote it does not read");
        LdapMessageWriter.Write(_second, second!);
        Expect(_first.WrittenSpan.SequenceEqual(_second.WrittenSpan), "it writes otherwise the second time");
        Expect(!thorough || MessageDump.Of(message) == MessageDump.Of(second!), "what it wrote it reads otherwise");
    }

    private void CompareWithOracle(LdapMessage message, ReadOnlyMemory<byte> pdu)
    {
        try
        {
            Expect(MessageDump.Of(AsnOracle.Read(pdu)) == MessageDump.Of(message), "the second decoder reads otherwise");
            Report.Agreed++;
        }
        catch (Exception e) when (e is AsnContentException or OverflowException)
        {
            // Stricter than ours, with integers above all: it can't say what it would have read.
        }
    }

    private void Count(ReadStatus status)
    {
        if (status == ReadStatus.Done)
            Report.Done++;
        else if (status == ReadStatus.NeedMore)
            Report.NeedMore++;
        else
            Report.Faults++;
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
            throw new BrokenPromiseException(otherwise, _mutation, _bytes);
    }
}
