using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>Options of a handshake, from the files as they are now: a renewed certificate is used from the next connection on.</summary>
internal static class TlsSettings
{
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file holds something else.</exception>
    public static SslClientAuthenticationOptions Read(LdapTlsOptions tls, string host, CertificateJudge judge) => new()
    {
        TargetHost = tls.ServerName ?? host,
        CertificateChainPolicy = ChainPolicy(tls),
        ClientCertificateContext = tls.CertificateFile is null ? null : ClientCertificate(tls.CertificateFile, tls.KeyFile ?? tls.CertificateFile),
        RemoteCertificateValidationCallback = judge.Judge,
    };

    private static X509ChainPolicy ChainPolicy(LdapTlsOptions tls)
    {
        // Nothing is fetched during a handshake: neither revocation lists nor missing intermediates, which CaFile may hold.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (tls.CaFile is null)
            return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        foreach (var authority in ReadAll(tls.CaFile))
            (IsRoot(authority) ? policy.CustomTrustStore : policy.ExtraStore).Add(authority);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new InvalidDataException($"{tls.CaFile} holds no certificate of a root authority");
    }

    private static SslStreamCertificateContext ClientCertificate(string certificateFile, string keyFile)
    {
        var chain = ReadAll(certificateFile);
        return Reading($"{certificateFile} with {keyFile}", () =>
            SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificateFile, keyFile), chain, offline: true));
    }

    private static X509Certificate2Collection ReadAll(string file) => Reading(file, () =>
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        return certificates;
    });

    private static T Reading<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException($"{what}: {exception.Message}", exception);
        }
    }

    private static bool IsRoot(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);
}
