using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>
/// The certificate of an endpoint, read anew when its files have changed: a renewed one is served without a restart, and one that can't be used changes nothing.
/// </summary>
internal sealed class ServerCertificate
{
    /// <summary>Handshakes are many; files change seldom.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ServerTlsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private long _lookedAt;
    private (DateTime, DateTime) _stamp;
    private (DateTime, DateTime) _refused;
    private SslStreamCertificateContext _current;

    public ServerCertificate(ServerTlsSettings settings, TimeProvider time, ILogger logger)
    {
        _settings = settings;
        _time = time;
        _logger = logger;
        _lookedAt = time.GetTimestamp();
        _stamp = Stamp();
        _current = Load();
    }

    public SslStreamCertificateContext Current
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_lookedAt) >= LookEvery)
                    Look_NeedsLock();
                return _current;
            }
        }
    }

    private void Look_NeedsLock()
    {
        _lookedAt = _time.GetTimestamp();
        var stamp = Stamp();
        if (stamp == _stamp)
            return;
        try
        {
            _current = Load();
            _stamp = stamp;
            var certificate = _current.TargetCertificate;
            HostLog.CertificateReloaded(_logger, _settings.CertificateFile, certificate.Subject, new DateTimeOffset(certificate.NotAfter));
        }
        catch (Exception e)
        {
            // Told at each change, and tried again until it works: the key may be written after the certificate.
            if (stamp != _refused)
                HostLog.CertificateNotReloaded(_logger, e, _settings.CertificateFile);
            _refused = stamp;
        }
    }

    private SslStreamCertificateContext Load()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_settings.CertificateFile, _settings.KeyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_settings.CertificateFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private (DateTime, DateTime) Stamp() =>
        (File.GetLastWriteTimeUtc(_settings.CertificateFile), _settings.KeyFile is { } key ? File.GetLastWriteTimeUtc(key) : default);
}
