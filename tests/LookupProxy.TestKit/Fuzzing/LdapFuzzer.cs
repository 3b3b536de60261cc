namespace LookupProxy.TestKit.Fuzzing;

/// <summary>Mutates whole, well-formed PDUs and holds the codec to its promises on each. The same seed makes the same mutations.</summary>
public sealed class LdapFuzzer(IReadOnlyList<byte[]> corpus, ulong seed)
{
    private readonly List<TlvNode> _trees = [.. corpus.Select(pdu => TlvNode.Parse(pdu).Single())];
    private readonly TlvMutator _tlvMutator = new();
    private readonly LdapCodecPromises _promises = new();
    private readonly List<byte> _bytes = [];

    /// <exception cref="BrokenPromiseException">The codec broke a promise.</exception>
    public FuzzReport Run(ulong count)
    {
        for (ulong mutation = 0; mutation < count; mutation++)
            _promises.Check(Mutate(mutation), mutation);
        return _promises.Report;
    }

    /// <summary>The bytes of one mutation, to look at a finding again.</summary>
    public byte[] Mutate(ulong mutation)
    {
        var random = new FuzzRandom((seed << 40) + mutation);
        var index = random.Below(corpus.Count);
        var other = random.Below(corpus.Count);
        _bytes.Clear();
        if (random.OneIn(2))
            MutateTree(_trees[index].Clone(), _trees[other], ref random);
        else
            MutateBytes(corpus[index], corpus[other], ref random);
        return [.. _bytes];
    }

    private void MutateTree(TlvNode tree, TlvNode other, ref FuzzRandom random)
    {
        for (var times = random.Below(3) + 1; times > 0; times--)
            _tlvMutator.Mutate(tree, other, ref random);
        tree.Write(_bytes, longLengths: random.OneIn(8));
        if (random.OneIn(8))
            ByteMutator.Mutate(_bytes, _bytes.ToArray(), ref random);
    }

    private void MutateBytes(byte[] pdu, byte[] other, ref FuzzRandom random)
    {
        _bytes.AddRange(pdu);
        for (var times = random.Below(4) + 1; times > 0; times--)
            ByteMutator.Mutate(_bytes, other, ref random);

        // Otherwise most end at the outermost length, and nothing below it is tried.
        if (_bytes.Count > 6 && random.OneIn(2))
            MendOuterLength(pdu);
    }

    private void MendOuterLength(byte[] pdu)
    {
        var header = Math.Min(_bytes.Count, pdu[1] < 0x80 ? 2 : 2 + (pdu[1] & 0x7F));
        _bytes.RemoveRange(0, header);
        _bytes.InsertRange(0, [0x30, 0x83, (byte)(_bytes.Count >> 16), (byte)(_bytes.Count >> 8), (byte)_bytes.Count]);
    }
}
