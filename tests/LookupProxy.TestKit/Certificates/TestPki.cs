using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LookupProxy.TestKit.Certificates;

/// <summary>A small authority of its own: servers, clients, and certificates that must be refused. Its PEM files go away with it.</summary>
public sealed class TestPki : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lookupproxy-pki-");
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly List<X509Certificate2> _issued = [];
    private int _serial;

    public TestPki(string name = "Test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        Authority = request.CreateSelfSigned(_now.AddYears(-5), _now.AddYears(5));
        AuthorityFile = WriteText("ca.pem", Authority.ExportCertificatePem());
    }

    public X509Certificate2 Authority { get; }

    public string AuthorityFile { get; }

    /// <param name="names">Host names and IP addresses for the subjectAltName; the first is the common name too.</param>
    public TestCertificate Server(params string[] names) => Issue(names, ServerAuthentication, _now.AddDays(-1), _now.AddYears(1));

    public TestCertificate ExpiredServer(params string[] names) => Issue(names, ServerAuthentication, _now.AddDays(-30), _now.AddDays(-1));

    public TestCertificate Client(string commonName) => Issue([commonName], ClientAuthentication, _now.AddDays(-1), _now.AddYears(1));

    /// <summary>Writes a file into the authority's own folder, over what was there.</summary>
    public string WriteText(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        foreach (var certificate in _issued)
            certificate.Dispose();
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private TestCertificate Issue(string[] names, string usage, DateTimeOffset from, DateTimeOffset until)
    {
        var number = Interlocked.Increment(ref _serial);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var bare = request.Create(Authority, from, until, BitConverter.GetBytes(number));
        var certificate = bare.CopyWithPrivateKey(key);
        lock (_issued)
            _issued.Add(certificate);
        return new TestCertificate(
            certificate,
            WriteText($"{number}.pem", certificate.ExportCertificatePem()),
            WriteText($"{number}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private static X509Extension AlternativeNames(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                builder.AddIpAddress(address);
            else
                builder.AddDnsName(name.Replace(' ', '-'));
        }

        return builder.Build();
    }
}
