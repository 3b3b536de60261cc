namespace LookupProxy.TestKit.Fuzzing;

/// <summary>A BER element as a tree that can be changed and written again with lengths that fit, so that damage reaches the innermost parts.</summary>
internal sealed class TlvNode(byte tag)
{
    public byte Tag { get; set; } = tag;

    /// <summary>Of a primitive element.</summary>
    public byte[] Content { get; set; } = [];

    public List<TlvNode> Children { get; } = [];

    public bool IsConstructed => (Tag & 0x20) != 0;

    /// <summary>The elements of well-formed <paramref name="bytes"/>.</summary>
    public static List<TlvNode> Parse(ReadOnlySpan<byte> bytes)
    {
        var nodes = new List<TlvNode>();
        while (bytes.Length > 0)
        {
            var node = new TlvNode(bytes[0]);
            var octets = bytes[1] < 0x80 ? 0 : bytes[1] & 0x7F;
            var length = octets == 0 ? bytes[1] : 0;
            foreach (var octet in bytes.Slice(2, octets))
                length = (length << 8) | octet;
            var content = bytes.Slice(2 + octets, length);
            if (node.IsConstructed)
                node.Children.AddRange(Parse(content));
            else
                node.Content = content.ToArray();
            nodes.Add(node);
            bytes = bytes[(2 + octets + length)..];
        }

        return nodes;
    }

    public TlvNode Clone()
    {
        var clone = new TlvNode(Tag) { Content = Content };
        foreach (var child in Children)
            clone.Children.Add(child.Clone());
        return clone;
    }

    /// <param name="longLengths">Lengths as Active Directory writes them: always four octets.</param>
    public void Write(List<byte> output, bool longLengths)
    {
        output.Add(Tag);
        var start = output.Count;
        if (Children.Count > 0)
        {
            foreach (var child in Children)
                child.Write(output, longLengths);
        }
        else
        {
            output.AddRange(Content);
        }

        var length = output.Count - start;
        output.InsertRange(start, (ReadOnlySpan<byte>)(length switch
        {
            _ when longLengths => [0x84, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length],
            < 0x80 => [(byte)length],
            _ => [0x82, (byte)(length >> 8), (byte)length],
        }));
    }

    /// <summary>This node and all below it.</summary>
    public void Collect(List<TlvNode> nodes)
    {
        nodes.Add(this);
        foreach (var child in Children)
            child.Collect(nodes);
    }
}
