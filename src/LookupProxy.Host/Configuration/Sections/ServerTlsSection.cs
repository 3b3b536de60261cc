using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="hasClients">Whether clients may show certificates.</param>
internal sealed class ServerTlsSection(bool hasClients = false) : SectionReader<ServerTlsSettings>
{
    private static readonly FilePaths ExistingFile = new(mustExist: true);

    private static readonly Setting<string> CertificateFile = Setting.Required("certificateFile", ExistingFile, "");
    private static readonly Setting<string?> KeyFile = Setting.Maybe("keyFile", ExistingFile);

    private static readonly Setting<string?> ClientCaFile = Setting.Maybe("clientCaFile", ExistingFile);

    public override IReadOnlyList<Setting> Inner { get; } = hasClients ? [CertificateFile, KeyFile, ClientCaFile] : [CertificateFile, KeyFile];

    protected override bool TryBuild(Section section, [MaybeNullWhen(false)] out ServerTlsSettings value)
    {
        value = new ServerTlsSettings(section.Get(CertificateFile), section.Get(KeyFile), hasClients ? section.Get(ClientCaFile) : null);
        if (value.CertificateFile.Length == 0 || (value.KeyFile is null && section.Has(KeyFile)))
            return false;
        if (value.ClientCaFile is { } authorities)
            Certificates.CheckAuthorities(authorities, section.At(ClientCaFile));
        Certificates.CheckPair(value.CertificateFile, value.KeyFile, section.At(CertificateFile));
        return true;
    }
}
