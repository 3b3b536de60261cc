using LookupProxy.Endpoints.Ldap.Accounts;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>A hashed password. No fault repeats it: it may be the password itself, put under the wrong key.</summary>
internal sealed class PasswordHashes : ScalarReader<string>
{
    public static readonly PasswordHashes Any = new();

    public override string Allowed => PasswordHash.Forms;

    public override string Show(string value) => "none";

    protected override bool MayBeRepeated(string text) => false;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = text;
        return PasswordHash.TryParse(text, out _) ? null : "not a password hash; lookupproxy password hash makes one";
    }
}
