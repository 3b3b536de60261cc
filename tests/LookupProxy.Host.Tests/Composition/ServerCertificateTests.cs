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

    [Fact]
    public void A_folder_that_cannot_be_looked_into_any_more_changes_nothing()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_certificateFile)!, "live");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "both.pem");
        File.WriteAllText(file, $"{File.ReadAllText(_certificateFile)}\n{File.ReadAllText(_keyFile)}");
        var certificate = new ServerCertificate(new ServerTlsSettings(file, null), _time, NullLogger.Instance);

        // A link to itself: also root can't follow that.
        Directory.Move(folder, folder + ".gone");
        Directory.CreateSymbolicLink(folder, "live");
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("CN=first.example", certificate.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void A_certificate_behind_a_link_is_renewed_too()
    {
        // As Kubernetes keeps secrets: the path is a link into a link, and only the latter is changed.
        var folder = Path.GetDirectoryName(_certificateFile)!;
        var (data, link) = (Path.Combine(folder, "..data"), Path.Combine(folder, "link.pem"));
        Directory.CreateDirectory(Path.Combine(folder, "old"));
        Directory.CreateDirectory(Path.Combine(folder, "new"));
        Put(_pki.Server("first.example"), "old", 1);
        Put(_pki.Server("second.example"), "new", 2);
        Directory.CreateSymbolicLink(data, "old");
        File.CreateSymbolicLink(link, "..data/both.pem");
        var certificate = new ServerCertificate(new ServerTlsSettings(link, null), _time, NullLogger.Instance);
        Assert.Equal("CN=first.example", certificate.Current.TargetCertificate.Subject);

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "new");
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal("CN=second.example", certificate.Current.TargetCertificate.Subject);

        void Put(TestCertificate pair, string where, int hour)
        {
            var file = Path.Combine(folder, where, "both.pem");
            File.WriteAllText(file, File.ReadAllText(pair.CertificateFile) + "\n" + File.ReadAllText(pair.KeyFile));
            File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, hour, 0, 0, DateTimeKind.Utc));
        }
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
