using System.Net;

namespace LookupProxy.SystemTests.Samba;

/// <summary>smb.conf(5) of a domain controller that serves LDAP only, with every path in its own folder.</summary>
internal static class SambaConfiguration
{
    public static string Render(string realm, IPAddress address, string folder) =>
        $"""
        [global]
        netbios name = DC1
        realm = {realm.ToUpperInvariant()}
        workgroup = {realm.Split('.')[0].ToUpperInvariant()}
        server role = active directory domain controller
        server services = ldap
        # With /32 Samba takes the address for a network's and listens on nothing.
        interfaces = {address}/8
        bind interfaces only = yes
        disable netbios = yes
        load printers = no
        private dir = {folder}/private
        state directory = {folder}/state
        lock directory = {folder}
        cache directory = {folder}/cache
        binddns dir = {folder}/bind-dns
        pid directory = {folder}/run
        ncalrpc dir = {folder}/run/ncalrpc
        winbindd socket directory = {folder}/run/winbindd
        nmbd:unexpected = {folder}/run/unexpected
        log file = {folder}/log.samba
        log level = 1
        tls enabled = yes
        tls certfile = {folder}/private/tls/server.pem
        tls keyfile = {folder}/private/tls/server.key
        tls cafile = {folder}/private/tls/ca.pem
        dsdb:schema update allowed = yes

        """;
}
