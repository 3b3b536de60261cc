using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The server's side of a TLS handshake, for a protocol whose clients may show certificates.</summary>
internal sealed class ServerTls
{
    private readonly ServerCertificate _certificate;
    private readonly ClientAuthorities? _clientAuthorities;

    public ServerTls(ServerTlsSettings settings, ServerCertificate certificate, TimeProvider time, ILogger logger)
    {
        _certificate = certificate;
        _clientAuthorities = settings.ClientCaFile is { } file ? new ClientAuthorities(file, time, logger) : null;
    }

    public SslServerAuthenticationOptions ForHandshake()
    {
        var options = new SslServerAuthenticationOptions { ServerCertificateContext = _certificate.Current };
        if (_clientAuthorities is null)
            return options;
        options.ClientCertificateRequired = true;
        options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        options.CertificateChainPolicy.CustomTrustStore.AddRange(_clientAuthorities.Current);

        // Asked for, not demanded: most clients bind with a password.
        options.RemoteCertificateValidationCallback = static (_, certificate, _, errors) => certificate is null || errors == SslPolicyErrors.None;
        return options;
    }
}
