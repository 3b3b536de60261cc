using LookupProxy.Host.Composition;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.TestKit.Certificates;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Host.Tests.Composition;

public sealed class ServerCertificatesTests : IDisposable
{
    private readonly TestPki _pki = new();
    private readonly LogLines _log = new();
    private readonly TestCertificate _short;
    private readonly ServerTlsSettings _settings;
    private readonly ManualTimeProvider _time;

    public ServerCertificatesTests()
    {
        // It lives 29 days, so that its last quarter is a week and some hours.
        _short = _pki.ExpiredServer("mx.example");
        _settings = new ServerTlsSettings(_short.CertificateFile, _short.KeyFile);
        _time = new ManualTimeProvider(new DateTimeOffset(_short.Certificate.NotAfter) - TimeSpan.FromDays(8));
    }

    public void Dispose() => _pki.Dispose();

    [Fact]
    public void A_certificate_that_ends_soon_is_an_alarm_until_it_is_renewed()
    {
        using var certificates = new ServerCertificates([_settings, _settings with { ClientCaFile = _pki.AuthorityFile }], _time, _log);
        Assert.Empty(certificates.Current);

        _time.Advance(TimeSpan.FromDays(1));
        var expiring = Assert.Single(certificates.Current);
        Assert.Equal(("certificate-expiring", _short.CertificateFile), (expiring.Name, expiring.Subject));
        Assert.InRange(_time.GetUtcNow() - expiring.Since, TimeSpan.Zero, TimeSpan.FromDays(1));

        _time.Advance(TimeSpan.FromDays(7));
        Assert.Equal("certificate-expired", Assert.Single(certificates.Current).Name);

        var renewed = _pki.Server("mx.example");
        File.Copy(renewed.CertificateFile, _short.CertificateFile, overwrite: true);
        File.Copy(renewed.KeyFile, _short.KeyFile, overwrite: true);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty(certificates.Current);
    }

    [Fact]
    public void The_log_is_told_once_of_each_alarm_without_anybody_asking()
    {
        using var certificates = new ServerCertificates([_settings], _time, _log);
        _time.Advance(TimeSpan.FromDays(5));
        Assert.Contains("certificate-expiring", Assert.Single(_log.Lines), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromDays(5));
        Assert.Contains("certificate-expired", Assert.Single(_log.Lines.Skip(1)), StringComparison.Ordinal);
    }
}
