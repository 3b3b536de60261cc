using LookupProxy.Endpoints.Ldap;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>One who may bind to the LDAP endpoint.</summary>
internal sealed class LdapAccountSection : SectionReader<LdapAccountEntry>
{
    private static readonly SecretKeys Password = new("password");

    private static readonly Setting<string> Dn = Setting.Required(
        "dn", new Texts("the name to bind with: a DN, or user@domain or DOMAIN\\user", static text => text.Length == 0 ? "is empty" : null), "");

    private static readonly Setting<string?> Hash = Setting.Maybe("passwordHash", PasswordHashes.Any);

    private static readonly Setting<string?> Subject = Setting.Maybe(
        "certificateSubject", new Texts("a certificate's subject, an RFC 4514 name", static text => DistinguishedName.TryParse(text, out var name) && !name.IsRoot ? null : "not a distinguished name"));

    private static readonly Setting<string?> View = Setting.Maybe("view", new Texts("a view's name"), "the endpoint's");

    public override IReadOnlyList<Setting> Inner { get; } = [Dn, .. Password.All, Hash, Subject, View];

    protected override bool TryBuild(Section section, out LdapAccountEntry value)
    {
        var password = Password.Read(section);
        var (hash, subject, view) = (section.Get(Hash), section.Get(Subject), section.Get(View));
        if (Password.IsGiven(section) && section.Has(Hash))
            section.At(Hash).Error("given besides a password; one is enough");
        if (!Password.IsGiven(section) && !section.Has(Hash) && !section.Has(Subject))
            section.Scope.Error(section.Scope.KeyOrigin, "cannot bind; give passwordFile, passwordHash or certificateSubject");
        var options = new LdapAccountOptions
        {
            Name = section.Get(Dn),
            ReadPassword = password,
            ReadPasswordHash = hash is null ? null : () => hash,
            CertificateSubject = subject,
            View = view,
        };
        value = new LdapAccountEntry(
            options, section.At(Dn), section.At(Subject), view is null ? null : new Located<string>(view, section.ValueOrigin(View), section.At(View).Path));
        return true;
    }
}
