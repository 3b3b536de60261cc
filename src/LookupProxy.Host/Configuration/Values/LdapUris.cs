namespace LookupProxy.Host.Configuration.Values;

/// <summary>An LDAP server's URL: scheme, host and port, no more.</summary>
internal sealed class LdapUris : ScalarReader<Uri>
{
    public static readonly LdapUris Any = new();

    public override string Allowed => "ldaps://HOST[:PORT] or ldap://HOST[:PORT]";

    public override string Show(Uri value) => value.ToString();

    /// <summary>What stands before an "@" may be a password.</summary>
    protected override bool MayBeRepeated(string text) => !text.Contains('@');

    protected override string? Parse(string text, ReadScope scope, out Uri value)
    {
        value = null!;
        if (text.Contains('@'))
            return "no user or password may stand in a URL";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return "not a URL";
        if (uri.Scheme is not ("ldap" or "ldaps"))
            return "not an LDAP URL";
        if (uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "only host and port may stand in the URL; the base goes into baseDn, the filter into filter";
        value = uri;
        return null;
    }

    protected override string? Suggest(string text) =>
        text.Contains('/') || text.Contains('@') || Uri.CheckHostName(text.Split(':')[0]) == UriHostNameType.Unknown ? null : "ldaps://" + text;
}
