using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Whether there is anybody to whom questions can be passed through.</summary>
internal static class PassThroughChecks
{
    public static void Check(PassThroughEntry? passThrough, ImmutableArray<DirectoryEntry> directories)
    {
        if (passThrough?.Bind is null)
            return;
        var servers = directories.Select(static directory => directory.Settings).OfType<DirectorySettings.Ldap>().SelectMany(static ldap => ldap.Options.Servers).ToList();
        if (!servers.Exists(IsSecure))
            passThrough.BindScope.Error("no directory of type ldap speaks TLS (ldaps:// or tls.startTls), and a user's password is sent to no other");
    }

    private static bool IsSecure(LdapServerOptions server) => server.Tls.StartTls || server.Uri.Scheme.Equals("ldaps", StringComparison.OrdinalIgnoreCase);
}
