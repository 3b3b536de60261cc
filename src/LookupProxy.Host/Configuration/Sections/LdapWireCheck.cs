using System.Collections.Immutable;
using System.Net;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What a directory's URLs, TLS and bind mean together.</summary>
internal static class LdapWireCheck
{
    public static void Check(ImmutableArray<Located<Uri>> servers, LdapTlsOptions tls, LdapBindOptions bind, FaultList faults)
    {
        var seen = new HashSet<Uri>();
        foreach (var server in servers)
        {
            if (!seen.Add(server.Value))
                faults.Error(server.Origin, server.Path, "given twice", server.Value.OriginalString);
            var isTls = server.Value.Scheme == "ldaps";
            if (isTls && tls.StartTls)
                faults.Error(server.Origin, server.Path, "tls.startTls is for ldap://; ldaps:// is TLS from the first byte", server.Value.OriginalString);
            if (isTls ? server.Value.Port is LdapUrl.DefaultPort or LdapUrl.CatalogPort : server.Value.Port is LdapUrl.DefaultTlsPort or LdapUrl.CatalogTlsPort)
                faults.Warning(server.Origin, server.Path, $"port {server.Value.Port} is mostly {(isTls ? "ldap://, which tls.startTls secures" : "ldaps://")}");
            if (isTls || tls.StartTls)
                continue;
            if (bind.Method == LdapBindMethod.External)
                faults.Error(server.Origin, server.Path, "an external bind needs TLS: ldaps://, or tls.startTls", server.Value.OriginalString);
            else if (bind.Method == LdapBindMethod.Simple && !IsLoopback(server.Value))
                faults.Warning(server.Origin, server.Path, $"{server.Value.OriginalString} gets the password in the clear; use ldaps:// or tls.startTls");
        }
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
}
