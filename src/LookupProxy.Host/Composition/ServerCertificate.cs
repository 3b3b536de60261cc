using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The certificate of an endpoint, as its files are now.</summary>
internal sealed class ServerCertificate(ServerTlsSettings settings, TimeProvider time, ILogger logger)
{
    private readonly ReloadedFiles<SslStreamCertificateContext> _files = new(
        settings.KeyFile is { } key ? [settings.CertificateFile, key] : [settings.CertificateFile],
        () => Load(settings),
        time,
        context => HostLog.CertificateReloaded(logger, settings.CertificateFile, context.TargetCertificate.Subject, new DateTimeOffset(context.TargetCertificate.NotAfter)),
        exception => HostLog.CertificateNotReloaded(logger, exception, settings.CertificateFile));

    public SslStreamCertificateContext Current => _files.Current;

    private static SslStreamCertificateContext Load(ServerTlsSettings settings)
    {
        var certificate = X509Certificate2.CreateFromPemFile(settings.CertificateFile, settings.KeyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(settings.CertificateFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
