using System.Buffers;
using System.Text;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Policy;
using LookupProxy.TestKit.Buffers;

namespace LookupProxy.Endpoints.Tests.Policy;

/// <summary>Seeded: a failure names the seed that repeats it.</summary>
public sealed class PolicyRequestReaderMutationTests
{
    private const int Limit = 2048;
    private const int Rounds = 20_000;

    private static readonly byte[][] Corpus =
    [
        Encoding.UTF8.GetBytes(PolicyRequests.Postfix37),
        Encoding.UTF8.GetBytes(string.Join('\n', PolicyRequests.Lines("3.12")) + "\n\n"),
        Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("a b\"@é.example") + PolicyRequests.Of("protocol_state=DATA")),
    ];

    private static readonly byte[] Spice = [0, (byte)'\n', (byte)'=', (byte)'r', (byte)'\r', 0xFF, 0xC3, (byte)' '];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_requests_never_throw_and_read_the_same_whole_and_in_pieces(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Mutate(random);
            var size = random.Next(1, 64);

            var whole = ReadAll(new ReadOnlySequence<byte>(bytes));
            var pieces = ReadAll(SegmentedBuffer.Of(bytes, size));

            Assert.True(whole == pieces, $"seed {seed} round {round} size {size}: {whole} is not {pieces} for {Convert.ToHexString(bytes)}");
        }
    }

    private static byte[] Mutate(Random random)
    {
        var bytes = new List<byte>(Corpus[random.Next(Corpus.Length)]);
        for (var i = random.Next(1, 8); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = Spice[random.Next(Spice.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(0, random.Next(Math.Min(bytes.Count, 600))));
                    break;
                default:
                    bytes.Insert(at, Spice[random.Next(Spice.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>All requests of the buffer, how it ended and what was left. The reader must make progress with each.</summary>
    private static string ReadAll(ReadOnlySequence<byte> buffer)
    {
        var reader = new PolicyRequestReader(Limit);
        var log = new StringBuilder();
        while (true)
        {
            var before = buffer.Length;
            var status = reader.TryRead(ref buffer, out var request);
            log.Append(status).Append(' ');
            if (status != FrameStatus.Done)
            {
                Assert.Equal(before, buffer.Length);
                return log.Append(status == FrameStatus.Fault ? reader.Fault : "").Append(buffer.Length).ToString();
            }

            Assert.True(buffer.Length < before);
            Assert.False(request.Recipient.Contains((byte)'\n'));
            log.Append(Convert.ToHexString(request.Recipient)).Append('/').Append(Convert.ToHexString(request.ProtocolState)).Append(' ');
        }
    }
}
