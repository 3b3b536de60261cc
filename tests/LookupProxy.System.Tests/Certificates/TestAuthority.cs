using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LookupProxy.SystemTests.Certificates;

/// <summary>A certificate authority of the tests' own.</summary>
internal sealed class TestAuthority
{
    /// <summary>RFC 5280 4.2.1.12.</summary>
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;

    public TestAuthority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    /// <summary>The one whose certificate LookupProxy is told to trust.</summary>
    public static TestAuthority Trusted { get; } = new("LookupProxy test authority");

    /// <summary>One that nobody trusts.</summary>
    public static TestAuthority Stranger { get; } = new("Another authority");

    public string Pem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>For a server at <paramref name="address"/>, also called by <paramref name="names"/>.</summary>
    public ServerCertificate Issue(IPAddress address, params string[] names) => Issue(address, names, validForDays: 20);

    /// <summary>It ended yesterday.</summary>
    public ServerCertificate IssueExpired(IPAddress address) => Issue(address, [], validForDays: -1);

    /// <summary>For a client that shows who it is.</summary>
    /// <param name="subject">RFC 4514.</param>
    public ServerCertificate IssueToClient(string subject) => Issue(subject, new SubjectAlternativeNameBuilder(), ForClients, validForDays: 20);

    private ServerCertificate Issue(IPAddress address, string[] names, int validForDays)
    {
        var subject = new SubjectAlternativeNameBuilder();
        subject.AddIpAddress(address);
        foreach (var name in names)
            subject.AddDnsName(name);
        return Issue("CN=directory", subject, ForServers, validForDays);
    }

    private ServerCertificate Issue(string name, SubjectAlternativeNameBuilder names, string usage, int validForDays)
    {
        // RSA: Samba's GnuTLS and OpenLDAP's take it whatever their policy.
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (usage == ForServers)
            request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(_certificate, now.AddDays(-20), now.AddDays(validForDays), RandomNumberGenerator.GetBytes(8));
        return new ServerCertificate(certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n", Pem);
    }
}
