namespace LookupProxy.Host.Configuration.Values;

internal sealed class Booleans : ScalarReader<bool>
{
    public static readonly Booleans Any = new();

    public override string Allowed => "true | false";

    public override string Show(bool value) => value ? "true" : "false";

    protected override string? Parse(string text, ReadScope scope, out bool value)
    {
        value = text == "true";
        return text is "true" or "false" ? null : "neither true nor false";
    }

    /// <summary>YAML 1.1's other spellings.</summary>
    protected override string? Suggest(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "on" or "y" or "1" or "true" => "true",
        "no" or "off" or "n" or "0" or "false" => "false",
        _ => null,
    };
}
