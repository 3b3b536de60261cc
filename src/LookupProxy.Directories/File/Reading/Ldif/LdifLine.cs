namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>One attribute of a record; its folds are undone. Good until the next line is read.</summary>
internal readonly ref struct LdifLine
{
    public LdifLine(ReadOnlySpan<byte> line, int number)
    {
        Number = number;
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
            throw new RecipientFileException(number, $"\"{AddressEntry.Show(line)}\" is no LDIF: an attribute and a colon are missing");
        Description = line[..colon];
        var value = line[(colon + 1)..];
        Form = value switch
        {
            [(byte)':', ..] => LdifValueForm.Base64,
            [(byte)'<', ..] => LdifValueForm.Url,
            _ => LdifValueForm.Text,
        };
        Raw = (Form == LdifValueForm.Text ? value : value[1..]).TrimStart((byte)' ');
    }

    /// <summary>In the file, from 1; where the line begins.</summary>
    public int Number { get; }

    /// <summary>Attribute name and options (RFC 4512 2.5).</summary>
    public ReadOnlySpan<byte> Description { get; }

    public LdifValueForm Form { get; }

    /// <summary>The value as it is written.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    public ReadOnlySpan<byte> Name => Description.IndexOf((byte)';') is > 0 and var options ? Description[..options] : Description;

    public string NameText => AddressEntry.Show(Name);

    public bool Is(string name) => System.Text.Ascii.EqualsIgnoreCase(Name, name);

    /// <summary>The value, decoded. Throws for a URL: what lies elsewhere is not read.</summary>
    public ReadOnlySpan<byte> Value() => Form switch
    {
        LdifValueForm.Text => Raw.TrimEnd((byte)' '),
        LdifValueForm.Base64 => Decode(),
        _ => throw new RecipientFileException(Number, $"{NameText}: a URL (\":<\") is not read"),
    };

    public string Text() => Value().ToText() ?? throw new RecipientFileException(Number, $"{NameText}: is no UTF-8");

    private byte[] Decode()
    {
        var text = Raw.TrimAscii();
        var decoded = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var status = System.Buffers.Text.Base64.DecodeFromUtf8(text, decoded, out _, out var written);
        if (status != System.Buffers.OperationStatus.Done)
            throw new RecipientFileException(Number, $"{NameText}: is no base64");
        return decoded[..written];
    }
}
