namespace LookupProxy.Host.Configuration.Values;

/// <summary>A text that must satisfy <paramref name="check"/>, which says what is wrong or null.</summary>
internal sealed class Texts(string allowed, Func<string, string?>? check = null) : ScalarReader<string>
{
    public override string Allowed => allowed;

    public override string Show(string value) => value.Length == 0 ? "\"\"" : value;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = text;
        return check?.Invoke(text);
    }
}
