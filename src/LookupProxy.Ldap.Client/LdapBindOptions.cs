namespace LookupProxy.Ldap.Client;

public enum LdapBindMethod
{
    Anonymous,
    Simple,

    /// <summary>SASL EXTERNAL: the client certificate says who we are.</summary>
    External,
}

public sealed record LdapBindOptions
{
    public LdapBindMethod Method { get; init; }

    /// <summary>A DN, or for Active Directory also user@domain or DOMAIN\user.</summary>
    public string Name { get; init; } = "";

    /// <summary>Read at each bind, so that a changed password file takes effect. Never logged.</summary>
    public Func<string>? ReadPassword { get; init; }

    public override string ToString() => $"{Method} {Name}";
}
