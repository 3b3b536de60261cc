using LookupProxy.Directories.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>
/// Makes room on a server's connections for what may be outstanding there, and lets no more be outstanding than they carry: a question for which there is no
/// room is turned away, where one above maxOutstanding waits its turn.
/// </summary>
internal static class LdapCapacity
{
    /// <summary>OpenLDAP closes a connection on which more searches wait than this (conn_max_pending_auth, and conn_max_pending before a bind).</summary>
    private const int MostBound = 1000, MostAnonymous = 100;

    /// <summary>For what is asked beside the questions: whether anybody is seen, canaries, witnesses.</summary>
    private const int Beside = 64;

    public static (LdapDirectoryOptions Options, ResilienceSettings Resilience) Fit(LdapDirectoryOptions options, ResilienceSettings resilience)
    {
        if (options.Servers is not [var server, ..])
            return (options, resilience);
        // A question is a search below each base.
        var bases = Math.Max(1, options.BaseDns.Length);
        var most = server.Bind.Method == LdapBindMethod.Anonymous ? MostAnonymous : MostBound;
        var needed = ((long)resilience.MaxOutstanding * bases) + Beside;
        var room = (int)Math.Clamp((needed + server.Connections - 1) / server.Connections, Math.Min(server.MaxOutstandingPerConnection, most), most);
        var carried = Math.Max(1, ((room * server.Connections) - Beside) / bases);
        return (
            options with { Servers = [.. options.Servers.Select(one => one with { MaxOutstandingPerConnection = room })] },
            resilience with { MaxOutstanding = Math.Min(resilience.MaxOutstanding, carried) });
    }
}
