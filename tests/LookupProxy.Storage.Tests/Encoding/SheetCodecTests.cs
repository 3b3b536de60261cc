using System.Buffers.Binary;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;

namespace LookupProxy.Storage.Tests.Encoding;

public sealed class SheetCodecTests
{
    private const string Key = "shared\nanna@corp.example";

    private static readonly StoredSheet Sheet = Sheets.Of(Key, Sheets.Full("contoso"), Sheets.Absent("unixhost"), Sheets.Exists("fabrikam", 3));

    [Fact]
    public void What_is_written_is_read_back() => Assert.Equal(Sheets.Show(Sheet), Sheets.Show(SheetCodec.Decode(Key, SheetCodec.Encode(Sheet))));

    [Fact]
    public void Attributes_are_found_in_any_case()
    {
        var read = SheetCodec.Decode(Key, SheetCodec.Encode(Sheet))!;

        Assert.Equal("mx1.corp.example", Assert.Single(((Answer.Exists)read.Answers[0].Answer).Recipient.Attributes["MAILHOST"]));
    }

    [Fact]
    public void A_sheet_without_answers_is_a_sheet() => Assert.Empty(SheetCodec.Decode(Key, SheetCodec.Encode(Sheets.Of(Key)))!.Answers);

    [Fact]
    public void Octets_under_another_key_are_not_there() => Assert.Null(SheetCodec.Decode("shared\nbert@corp.example", SheetCodec.Encode(Sheet)));

    [Fact]
    public void Any_bit_that_is_turned_makes_it_not_there()
    {
        var octets = SheetCodec.Encode(Sheet);
        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(SheetCodec.Decode(Key, octets));
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Any_part_of_it_is_not_there()
    {
        var octets = SheetCodec.Encode(Sheet);
        for (var length = 0; length < octets.Length; length++)
            Assert.Null(SheetCodec.Decode(Key, octets.AsSpan(0, length)));
    }

    [Fact]
    public void Another_version_is_not_there()
    {
        var octets = SheetCodec.Encode(Sheet);
        octets[0] = SheetCodec.Version + 1;
        Sign(octets);

        Assert.Null(SheetCodec.Decode(Key, octets));
    }

    /// <summary>As the version before wrote it.</summary>
    [Fact]
    public void Answers_of_the_version_before_are_there_and_of_no_known_origin()
    {
        var writer = new OctetWriter();
        writer.Octet(1);
        writer.Number(1);
        writer.Text("contoso");
        writer.Number((ulong)Sheets.Noon.ToUnixTimeMilliseconds());
        writer.Number(60_000);
        writer.Octet(0);

        var answer = Assert.Single(SheetCodec.Decode(Key, writer.Finish(Key))!.Answers);
        Assert.Equal(new StoredAnswer("contoso", Answer.No, Sheets.Noon, TimeSpan.FromSeconds(60)), answer);
        Assert.Equal(0u, answer.Origin);
    }

    [Fact]
    public void Nonsense_with_a_good_checksum_never_throws()
    {
        var chance = new Random(7);
        var good = SheetCodec.Encode(Sheet);
        for (var round = 0; round < 200_000; round++)
        {
            var octets = (byte[])good.Clone();
            for (var changes = chance.Next(1, 4); changes > 0; changes--)
                octets[chance.Next(1, octets.Length - 4)] = (byte)chance.Next(256);
            octets = octets[..chance.Next(6, octets.Length + 1)];
            Sign(octets);

            var read = SheetCodec.Decode(Key, octets);
            Assert.True(read is null || read.Answers.All(static answer => answer.Answer is Answer.Exists or Answer.Absent));
        }
    }

    private static void Sign(byte[] octets) =>
        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(^Checksum.Length..), Checksum.Of(octets.AsSpan(..^Checksum.Length), Key));
}
