using LookupProxy.Host.Configuration.Values;
using LookupProxy.Storage.Redis;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>That it is there means TLS; it may be empty.</summary>
internal sealed class RedisTlsSection : SectionReader<RedisTlsOptions>
{
    private static readonly FilePaths ExistingFile = new(mustExist: true);

    private static readonly Setting<string?> CaFile = Setting.Maybe("caFile", ExistingFile);
    private static readonly Setting<string?> ServerName = Setting.Maybe("serverName", new Texts("a host name"));
    private static readonly Setting<string?> CertificateFile = Setting.Maybe("certificateFile", ExistingFile);
    private static readonly Setting<string?> KeyFile = Setting.Maybe("keyFile", ExistingFile);

    public override IReadOnlyList<Setting> Inner { get; } = [CaFile, ServerName, CertificateFile, KeyFile];

    protected override bool TryBuild(Section section, out RedisTlsOptions value)
    {
        value = new RedisTlsOptions
        {
            CaFile = section.Get(CaFile),
            ServerName = section.Get(ServerName),
            CertificateFile = section.Get(CertificateFile),
            KeyFile = section.Get(KeyFile),
        };
        if (value.CaFile is { } authorities)
            Certificates.CheckAuthorities(authorities, section.At(CaFile));
        if (value.CertificateFile is { } certificate && (value.KeyFile is not null || !section.Has(KeyFile)))
            Certificates.CheckPair(certificate, value.KeyFile, section.At(CertificateFile));
        else if (section.Has(KeyFile) && !section.Has(CertificateFile))
            section.At(KeyFile).Error("a key without a certificate; give certificateFile too");
        return true;
    }
}
