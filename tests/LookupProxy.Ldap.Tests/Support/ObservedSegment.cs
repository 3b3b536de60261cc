using System.Buffers;

namespace LookupProxy.Ldap.Tests.Support;

/// <summary>One byte of a sequence, which counts how often it is looked at.</summary>
internal sealed class ObservedSegment : ReadOnlySequenceSegment<byte>
{
    private ObservedSegment(ReadOnlyMemory<byte> content, ObservedSegment? previous)
    {
        Memory = content;
        if (previous is null)
            return;
        RunningIndex = previous.RunningIndex + 1;
        previous.Next = this;
    }

    /// <param name="looks">How often any of them was looked at so far.</param>
    public static ReadOnlySequence<byte> OneByteEach(byte[] bytes, out Func<int> looks)
    {
        var observed = bytes.Select(content => new Observed(content)).ToArray();
        var first = new ObservedSegment(observed[0].Memory, null);
        var last = observed.Skip(1).Aggregate(first, (previous, next) => new ObservedSegment(next.Memory, previous));
        var built = observed.Sum(one => one.Looks);
        looks = () => observed.Sum(one => one.Looks) - built;
        return new ReadOnlySequence<byte>(first, 0, last, 1);
    }

    private sealed class Observed(byte content) : MemoryManager<byte>
    {
        private readonly byte[] _content = [content];

        public int Looks { get; private set; }

        public override Span<byte> GetSpan()
        {
            Looks++;
            return _content;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
