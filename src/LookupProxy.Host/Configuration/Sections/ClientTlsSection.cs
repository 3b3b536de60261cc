using LookupProxy.Host.Configuration.Values;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class ClientTlsSection : SectionReader<LdapTlsOptions>
{
    private static readonly LdapTlsOptions Defaults = new();
    private static readonly FilePaths ExistingFile = new(mustExist: true);

    private static readonly Setting<string?> CaFile = Setting.Maybe("caFile", ExistingFile);
    private static readonly Setting<bool> StartTls = Setting.Optional("startTls", Booleans.Any, Defaults.StartTls);
    private static readonly Setting<string?> CertificateFile = Setting.Maybe("certificateFile", ExistingFile);
    private static readonly Setting<string?> KeyFile = Setting.Maybe("keyFile", ExistingFile);
    private static readonly Setting<string?> ServerName = Setting.Maybe("serverName", new Texts("a host name"));
    private static readonly Setting<bool> Verify = Setting.Optional("verify", Booleans.Any, Defaults.Verify);

    public override IReadOnlyList<Setting> Inner { get; } = [CaFile, StartTls, CertificateFile, KeyFile, ServerName, Verify];

    protected override bool TryBuild(Section section, out LdapTlsOptions value)
    {
        value = new LdapTlsOptions
        {
            CaFile = section.Get(CaFile),
            StartTls = section.Get(StartTls),
            // One that can't be read is still one that was given: what hangs on it shall not be told too.
            CertificateFile = section.Get(CertificateFile) ?? (section.Has(CertificateFile) ? "" : null),
            KeyFile = section.Get(KeyFile),
            ServerName = section.Get(ServerName),
            Verify = section.Get(Verify),
        };
        if (value.CaFile is { } authorities)
            Certificates.CheckAuthorities(authorities, section.At(CaFile), mustHoldRoot: true);
        if (value.CertificateFile is { Length: > 0 } certificate && (value.KeyFile is not null || !section.Has(KeyFile)))
            Certificates.CheckPair(certificate, value.KeyFile, section.At(CertificateFile));
        else if (section.Has(KeyFile) && !section.Has(CertificateFile))
            section.At(KeyFile).Error("a key without a certificate; give certificateFile too");
        if (!value.Verify)
            section.At(Verify).Warning("without verification anyone between may answer for the directory and read the password; use caFile");
        return true;
    }
}
