using LookupProxy.Host.Composition;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.TestKit.Certificates;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Host.Tests.Composition;

public sealed class ServerCertificateTests : IDisposable
{
    private readonly TestPki _pki = new();
    private readonly ManualTimeProvider _time = new();
    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly ServerCertificate _certificate;

    public ServerCertificateTests()
    {
        var first = _pki.Server("first.example");
        _certificateFile = _pki.WriteText("server.pem", File.ReadAllText(first.CertificateFile));
        _keyFile = _pki.WriteText("server.key", File.ReadAllText(first.KeyFile));
        SetTimes(1);
        _certificate = new ServerCertificate(new ServerTlsSettings(_certificateFile, _keyFile), _time, NullLogger.Instance);
    }

    private string Subject => _certificate.Current.TargetCertificate.Subject;

    public void Dispose() => _pki.Dispose();

    [Fact]
    public void A_renewed_certificate_is_served_without_a_restart()
    {
        Assert.Equal("CN=first.example", Subject);
        var second = _pki.Server("second.example");
        Write(second, 2);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("CN=second.example", Subject);
    }

    [Fact]
    public void A_half_written_pair_changes_nothing_until_it_is_whole()
    {
        var second = _pki.Server("second.example");
        File.Copy(second.CertificateFile, _certificateFile, overwrite: true);
        SetTimes(2);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("CN=first.example", Subject);

        File.WriteAllText(_certificateFile, "-----BEGIN CERT");
        SetTimes(3);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("CN=first.example", Subject);

        File.Delete(_keyFile);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("CN=first.example", Subject);

        Write(second, 4);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("CN=second.example", Subject);
    }

    private void Write(TestCertificate certificate, int hour)
    {
        File.Copy(certificate.CertificateFile, _certificateFile, overwrite: true);
        File.Copy(certificate.KeyFile, _keyFile, overwrite: true);
        SetTimes(hour);
    }

    private void SetTimes(int hour)
    {
        var time = new DateTime(2030, 1, 1, hour, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_certificateFile, time);
        File.SetLastWriteTimeUtc(_keyFile, time);
    }
}
