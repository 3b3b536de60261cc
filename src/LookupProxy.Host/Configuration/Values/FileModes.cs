namespace LookupProxy.Host.Configuration.Values;

/// <summary>Permissions in octal, as chmod takes them.</summary>
internal sealed class FileModes : ScalarReader<UnixFileMode>
{
    public static readonly FileModes Any = new();

    public override string Allowed => "0000 to 0777, in octal";

    public override string Show(UnixFileMode value) => "0" + Convert.ToString((int)value, 8).PadLeft(3, '0');

    protected override string? Parse(string text, ReadScope scope, out UnixFileMode value)
    {
        value = default;
        if (text.Length is < 3 or > 4 || text.Any(static c => c is < '0' or > '7') || (text.Length == 4 && text[0] != '0'))
            return "not a file mode";
        value = (UnixFileMode)Convert.ToInt32(text, 8);
        return null;
    }
}
