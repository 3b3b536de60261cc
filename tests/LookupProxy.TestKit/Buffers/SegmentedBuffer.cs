using System.Buffers;

namespace LookupProxy.TestKit.Buffers;

/// <summary>Cuts bytes into a sequence of several segments, as a network does.</summary>
public static class SegmentedBuffer
{
    /// <param name="segmentSize">Bytes in each segment but the last.</param>
    public static ReadOnlySequence<byte> Of(ReadOnlyMemory<byte> bytes, int segmentSize = 1)
    {
        if (bytes.Length <= segmentSize)
            return new ReadOnlySequence<byte>(bytes);
        var first = new Segment(bytes[..segmentSize], null);
        var last = first;
        for (var at = segmentSize; at < bytes.Length; at += segmentSize)
            last = new Segment(bytes.Slice(at, Math.Min(segmentSize, bytes.Length - at)), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null)
                return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
