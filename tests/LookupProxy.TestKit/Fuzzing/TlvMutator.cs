namespace LookupProxy.TestKit.Fuzzing;

/// <summary>Changes a tree of elements: the outcome is well-formed BER but not what RFC 4511 says.</summary>
internal sealed class TlvMutator
{
    private static ReadOnlySpan<byte> Tags =>
    [
        0x01, 0x02, 0x04, 0x05, 0x0A, 0x30, 0x31, 0x42, 0x4A, 0x50, 0x60, 0x61, 0x63, 0x64, 0x65, 0x66, 0x68, 0x6C, 0x6E, 0x73, 0x77, 0x78, 0x79, 0x7A,
        0x80, 0x81, 0x82, 0x83, 0x84, 0x87, 0x8A, 0x8B, 0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA8, 0xA9,
    ];

    private readonly List<TlvNode> _nodes = [];

    /// <summary>Changes the tree under <paramref name="root"/> in one way, perhaps with a piece of <paramref name="other"/>.</summary>
    public void Mutate(TlvNode root, TlvNode other, ref FuzzRandom random)
    {
        _nodes.Clear();
        root.Collect(_nodes);
        var node = _nodes[random.Below(_nodes.Count)];
        switch (random.Below(8))
        {
            case 0:
                node.Tag = random.Pick(Tags);
                break;
            case 1 when node.Children.Count > 0:
                node.Children.RemoveAt(random.Below(node.Children.Count));
                break;
            case 2 when node.Children.Count > 0:
                Repeat(node, ref random);
                break;
            case 3 when node.Children.Count > 1:
                var (first, second) = (random.Below(node.Children.Count), random.Below(node.Children.Count));
                (node.Children[first], node.Children[second]) = (node.Children[second], node.Children[first]);
                break;
            case 4 when node.Children.Count > 0:
                Wrap(node, ref random);
                break;
            case 5:
                Graft(node, other, ref random);
                break;
            default:
                node.Content = RandomContent(ref random);
                node.Children.Clear();
                break;
        }
    }

    private static void Repeat(TlvNode node, ref FuzzRandom random)
    {
        var child = node.Children[random.Below(node.Children.Count)];
        var times = random.OneIn(50) ? 5000 : random.Below(4) + 1;
        for (var i = 0; i < times && node.Children.Count < 6000; i++)
            node.Children.Add(child);
    }

    /// <summary>Puts a child into more elements of one tag, sometimes very many.</summary>
    private static void Wrap(TlvNode node, ref FuzzRandom random)
    {
        var at = random.Below(node.Children.Count);
        var tag = (byte)(random.Pick(Tags) | 0x20);
        var levels = random.OneIn(50) ? 60 : 1;
        for (var i = 0; i < levels; i++)
        {
            var wrapper = new TlvNode(tag);
            wrapper.Children.Add(node.Children[at]);
            node.Children[at] = wrapper;
        }
    }

    private void Graft(TlvNode node, TlvNode other, ref FuzzRandom random)
    {
        _nodes.Clear();
        other.Collect(_nodes);
        var graft = _nodes[random.Below(_nodes.Count)].Clone();
        if (node.IsConstructed)
            node.Children.Insert(random.Below(node.Children.Count + 1), graft);
    }

    private static byte[] RandomContent(ref FuzzRandom random)
    {
        var content = new byte[random.OneIn(20) ? random.Below(400) : random.Below(9)];
        for (var i = 0; i < content.Length; i++)
            content[i] = random.OneIn(3) ? (byte)0xFF : random.Octet();
        return content;
    }
}
