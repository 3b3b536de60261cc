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

    /// <summary>Two segments of their own and an empty one between them.</summary>
    public static ReadOnlySequence<byte> CutAt(ReadOnlyMemory<byte> bytes, int position)
    {
        var first = new Segment(bytes[..position].ToArray(), null);
        var last = new Segment(bytes[position..].ToArray(), new Segment(ReadOnlyMemory<byte>.Empty, first));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Whole, one byte a segment, and cut in two wherever a header may be.</summary>
    public static IEnumerable<ReadOnlySequence<byte>> EachWay(ReadOnlyMemory<byte> bytes)
    {
        yield return new ReadOnlySequence<byte>(bytes);
        yield return Of(bytes);
        yield return Of(bytes, 7);
        for (var cut = 0; cut <= Math.Min(bytes.Length, 16); cut++)
            yield return CutAt(bytes, cut);
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
