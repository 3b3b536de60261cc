using System.Diagnostics.CodeAnalysis;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class ServerTlsSection : SectionReader<ServerTlsSettings>
{
    private static readonly FilePaths ExistingFile = new(mustExist: true);

    private static readonly Setting<string> CertificateFile = Setting.Required("certificateFile", ExistingFile, "");
    private static readonly Setting<string?> KeyFile = Setting.Optional<string?>("keyFile", ExistingFile!, null);

    public override IReadOnlyList<Setting> Inner { get; } = [CertificateFile, KeyFile];

    protected override bool TryBuild(Section section, [MaybeNullWhen(false)] out ServerTlsSettings value)
    {
        value = new ServerTlsSettings(section.Get(CertificateFile), section.Get(KeyFile));
        if (value.CertificateFile.Length == 0 || (value.KeyFile is null && section.Has(KeyFile)))
            return false;
        Certificates.CheckPair(value.CertificateFile, value.KeyFile, section.At(CertificateFile));
        return true;
    }
}
