using LookupProxy.Core.Addresses;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A mail domain; the value is its lower-case A-label form, in which addresses hold theirs.</summary>
internal sealed class DomainNames : ScalarReader<string>
{
    public static readonly DomainNames Any = new();

    public override string Allowed => "a mail domain";

    public override string Show(string value) => value;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        var isDomain = DomainName.TryNormalize(text, out var domain);
        value = domain ?? "";
        return isDomain ? null : "not a domain";
    }

    protected override string? Suggest(string text) => text.StartsWith('@') ? text[1..] : null;
}
