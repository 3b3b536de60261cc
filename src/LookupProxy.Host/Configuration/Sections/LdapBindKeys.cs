using LookupProxy.Directories.Ldap;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The keys that say as whom an LDAP directory is asked.</summary>
internal static class LdapBindKeys
{
    private static readonly SecretKeys Password = new("password");

    private static readonly Setting<LdapBindMethod?> Bind = Setting.Optional<LdapBindMethod?>(
        "bind",
        new Choices<LdapBindMethod?>(("simple", LdapBindMethod.Simple), ("external", LdapBindMethod.External), ("anonymous", LdapBindMethod.Anonymous)),
        null,
        "simple with bindDn, external with tls.certificateFile, else anonymous");

    private static readonly Setting<string?> BindDn =
        Setting.Maybe("bindDn", new Texts("a DN, or for Active Directory also user@domain or DOMAIN\\user", static name => name.Length == 0 ? "is empty, which is nobody" : null));

    public static IReadOnlyList<Setting> All { get; } = [Bind, BindDn, .. Password.All];

    /// <param name="takesOnlyDns">As all servers do but Active Directory.</param>
    public static LdapBindOptions Read(Section section, LdapTlsOptions tls, bool takesOnlyDns)
    {
        var name = section.Get(BindDn);
        var password = Password.Read(section);
        var isNamed = section.Has(BindDn) || Password.IsGiven(section);
        var method = section.Get(Bind)
            ?? (isNamed ? LdapBindMethod.Simple : tls.CertificateFile is not null ? LdapBindMethod.External : LdapBindMethod.Anonymous);
        if (method == LdapBindMethod.Simple)
            CheckSimple(section, takesOnlyDns ? name : null);
        else if (isNamed)
            section.At(Bind).Error($"{method.ToString().ToLowerInvariant()} takes no bindDn and no password");
        if (method == LdapBindMethod.External && tls.CertificateFile is null)
            section.At(Bind).Error("external needs tls.certificateFile");
        return new LdapBindOptions { Method = method, Name = name ?? "", ReadPassword = password };
    }

    /// <summary>A name without a password is an "unauthenticated" bind (RFC 4513 5.1.2): it succeeds, and then finds nothing.</summary>
    /// <param name="dn">What should be one.</param>
    private static void CheckSimple(Section section, string? dn)
    {
        if (dn is not null && LdapOptionsCheck.BaseDnFault(dn) is not null)
            section.At(BindDn).Warning("is no distinguished name, and only Active Directory takes another");
        if (!section.Has(BindDn))
            section.Scope.Error("a password without bindDn");
        if (!Password.IsGiven(section))
            section.At(BindDn).Error("needs a password; give passwordFile or passwordEnv");
    }
}
