using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Core.Health;
using LookupProxy.Host.Configuration;
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

    /// <summary>Null while its end is far.</summary>
    public Alarm? AlarmAt(DateTimeOffset now)
    {
        var certificate = Current.TargetCertificate;
        var times = CertificateTimes.Of(certificate);
        if (now < times.EndsSoonFrom)
            return null;
        const string Advice = "Put a renewed one in its place: it is read without a restart.";
        var who = $"The certificate {certificate.Subject}";
        return now < times.Until
            ? new Alarm("certificate-expiring", settings.CertificateFile, $"{who} expires on {times.Until:yyyy-MM-dd HH:mm} UTC. Clients that look at it will turn away then, and defer mail. {Advice}", times.EndsSoonFrom)
            : new Alarm("certificate-expired", settings.CertificateFile, $"{who} expired on {times.Until:yyyy-MM-dd HH:mm} UTC. Clients that look at it turn away, and defer mail. {Advice}", times.Until);
    }

    private static SslStreamCertificateContext Load(ServerTlsSettings settings)
    {
        var certificate = X509Certificate2.CreateFromPemFile(settings.CertificateFile, settings.KeyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(settings.CertificateFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }
}
