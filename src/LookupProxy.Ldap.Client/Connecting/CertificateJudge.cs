using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Ldap.Client.Connections;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>Takes over the framework's judgement of a server's certificate, and keeps in words what is wrong with it.</summary>
internal sealed class CertificateJudge(LdapTlsOptions tls, string host)
{
    private const int NamesShown = 5;

    /// <summary>Null when nothing is wrong, or no certificate came.</summary>
    public string? Complaint { get; private set; }

    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        Complaint = Describe(certificate as X509Certificate2, chain, errors);
        return !tls.Verify;
    }

    private string Describe(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
            return "the server sent no certificate";
        var complaints = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            complaints.Add($"certificate is for {Names(certificate)}, not for {tls.ServerName ?? host}");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            complaints.AddRange((chain?.ChainStatus ?? []).Select(status => Describe(status, certificate, chain!)).Distinct(StringComparer.Ordinal));
        return string.Join("; ", complaints);
    }

    private string Describe(X509ChainStatus status, X509Certificate2 certificate, X509Chain chain) => status.Status switch
    {
        X509ChainStatusFlags.NotTimeValid => Validity(chain),
        X509ChainStatusFlags.UntrustedRoot => NotTrusted(certificate),
        X509ChainStatusFlags.PartialChain =>
            $"{NotTrusted(certificate)}: {PeerText.Printable(chain.ChainElements[^1].Certificate.Issuer)}, which issued {(chain.ChainElements.Count > 1 ? "an authority above it" : "it")}, is neither there nor sent along by the server",
        _ => PeerText.Printable(status.StatusInformation),
    };

    private string NotTrusted(X509Certificate2 certificate) => $"certificate of {PeerText.Printable(certificate.Subject)} is not from an authority in {tls.CaFile ?? "the system's store"}";

    private static string Validity(X509Chain chain)
    {
        var element = chain.ChainElements.First(element => element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid));
        var certificate = element.Certificate;
        var which = element == chain.ChainElements[0] ? "certificate" : $"certificate of the authority {PeerText.Printable(certificate.Subject)}";
        return certificate.NotAfter < chain.ChainPolicy.VerificationTime
            ? $"{which} expired {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}"
            : $"{which} is not valid before {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}";
    }

    private static string Names(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] names = alternatives is null
            ? [certificate.Subject]
            : [.. alternatives.EnumerateDnsNames(), .. alternatives.EnumerateIPAddresses().Select(address => address.ToString())];
        return PeerText.Printable(string.Join(", ", names.Take(NamesShown)));
    }
}
