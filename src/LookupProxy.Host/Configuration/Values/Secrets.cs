namespace LookupProxy.Host.Configuration.Values;

/// <summary>A secret written in the open. Never repeated.</summary>
internal sealed class Secrets : ScalarReader<string>
{
    public static readonly Secrets Any = new();

    public override string Allowed => "a text";

    public override string Show(string value) => "none";

    protected override bool MayBeRepeated(string text) => false;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = text;
        return text.Length == 0 ? "is empty" : null;
    }
}
