using System.Security.Cryptography.X509Certificates;

namespace LookupProxy.TestKit.Ldap;

/// <param name="ClientAuthority">Set: a client certificate that this authority signed is demanded.</param>
internal sealed record LdapServerTls(X509Certificate2 Certificate, X509Certificate2? ClientAuthority)
{
    public bool Accepts(X509Certificate? client)
    {
        if (ClientAuthority is null)
            return true;
        if (client is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ClientAuthority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(client));
    }
}
