using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis.Connecting;

/// <summary>TLS to Redis: the server's certificate is always verified, against the system's authorities or the operator's own.</summary>
internal sealed class RedisTls(RedisTlsOptions options)
{
    /// <summary>Why the last certificate was refused; null when it was not.</summary>
    public string? Complaint { get; private set; }

    public void Apply(ConfigurationOptions configuration)
    {
        configuration.Ssl = true;
        configuration.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (options.ServerName is { } name)
            configuration.SslHost = name;
        configuration.CertificateValidation += Judge;
        if (options.CertificateFile is not null)
            configuration.CertificateSelection += (_, _, _, _, _) => ClientCertificate();
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Complaint = certificate is not X509Certificate2 shown ? "the server showed no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"the certificate of {shown.Subject} is not for the name that was asked for; tls.serverName says another"
            : options.CaFile is not null ? ComplaintByOwnAuthorities(shown, chain)
            : errors == SslPolicyErrors.None ? null
            : $"the certificate of {shown.Subject} is not trusted: {Text(chain)}";
        return Complaint is null;
    }

    private string? ComplaintByOwnAuthorities(X509Certificate2 certificate, X509Chain? sent)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(options.CaFile!);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainElements.Select(static element => element.Certificate).ToArray());
        return chain.Build(certificate) ? null : $"the certificate of {certificate.Subject} is not from an authority in {options.CaFile}: {Text(chain)}";
    }

    private static string Text(X509Chain? chain) => chain is null ? "unknown" : string.Join("; ", chain.ChainStatus.Select(static status => status.StatusInformation.Trim()).Distinct());

    private X509Certificate2 ClientCertificate()
    {
        // Read for each handshake: they are replaced while the process runs. As PKCS #12, since SChannel wants a key that is kept.
        using var pair = X509Certificate2.CreateFromPemFile(options.CertificateFile!, options.KeyFile);
        return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
    }
}
