using System.Globalization;
using System.Text;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

/// <summary>A domain controller, as far as it matters for telling changes: uSNChanged, tombstones, DirSync with a cookie that is a number.</summary>
internal sealed class ScriptedForest : IAsyncDisposable
{
    private const string Service = "CN=NTDS Settings,CN=DC1,CN=Configuration," + Directory.Base;
    private const string Deleted = "CN=Deleted Objects," + Directory.Base;
    private const string UsnChanged = "uSNChanged";

    private static readonly byte[] Yes = Encoding.ASCII.GetBytes("TRUE");

    private long _usn = 100;

    public ScriptedForest()
    {
        Server = new ScriptedLdapServer().OnSearch(AnswerAsync);
        Restore();
        Add("CN=old", "old");
        Delete("CN=old");
    }

    public ScriptedLdapServer Server { get; }

    public PagedAnswer Paged { get; } = new();

    /// <summary>The account may see tombstones, and replicate.</summary>
    public bool IsPrivileged { get; set; }

    public bool OffersDirSync { get; set; }

    /// <summary>It has not caught up with other controllers.</summary>
    public bool IsBehind { get; set; }

    /// <summary>What a DirSync search with a cookie gets.</summary>
    public LdapScript? OnDirSync { get; set; }

    /// <summary>A new invocationId, and an older state.</summary>
    public void Restore(long usn = 100)
    {
        _usn = usn;
        Server.Entries.Put(ScriptedEntry.Create(Service).With("invocationId", Guid.NewGuid().ToByteArray()));
        TellUsn();
    }

    public static Guid IdOf(string rdn) => new(Encoding.UTF8.GetBytes(rdn.PadRight(16)[..16]));

    public void Add(string rdn, string name) => Put(rdn, ("mail", $"{name}@shared.example"));

    public void Put(string rdn, params (string Name, string Value)[] attributes) => Put($"{rdn},{Directory.Base}", IdOf(rdn), attributes);

    public void Delete(string rdn)
    {
        Server.Entries.Remove($"{rdn},{Directory.Base}");
        Put($"{rdn}-DEL,{Deleted}", IdOf(rdn), ("isDeleted", "TRUE"));
    }

    /// <summary>As a restored image of a machine would: the same invocationId, an older state.</summary>
    public void RollBack() => _usn = 5;

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private void Put(string dn, Guid id, params (string Name, string Value)[] attributes)
    {
        _usn++;
        Server.Entries.Put(ScriptedEntry.Create(dn, [.. attributes, (UsnChanged, _usn.ToString(CultureInfo.InvariantCulture))]).With("objectGUID", id.ToByteArray()));
        TellUsn();
    }

    private void TellUsn()
    {
        (string, string)[] controls = OffersDirSync ? [("supportedControl", Oids.DirSync)] : [];
        Server.Entries.RootDse = ScriptedEntry.Create(
            "",
            [
                .. controls,
                ("isSynchronized", IsBehind ? "FALSE" : "TRUE"),
                ("supportedCapabilities", Oids.ActiveDirectory), ("namingContexts", Directory.Base), ("dsServiceName", Service),
                ("highestCommittedUSN", _usn.ToString(CultureInfo.InvariantCulture)),
            ]);
    }

    private ValueTask AnswerAsync(LdapExchange exchange)
    {
        TellUsn();
        if (DirSyncRequest.TryRead(exchange.Message.Controls.Find(Oids.DirSync), out var asked))
            return DirSyncAsync(exchange, asked);
        return PageAsync(exchange);
    }

    private ValueTask PageAsync(LdapExchange exchange) => Paged.RunAsync(exchange.Search.BaseObject == Deleted && !IsPrivileged
        ? new LdapExchange(exchange.Server, exchange.Connection, exchange.Message with { Operation = exchange.Search with { BaseObject = "CN=nothing" } })
        : IsPrivileged ? exchange : WithoutTombstones(exchange));

    private static LdapExchange WithoutTombstones(LdapExchange exchange)
    {
        var search = exchange.Search;
        var living = new LookupProxy.Ldap.Filters.LdapFilter.Not(new LookupProxy.Ldap.Filters.LdapFilter.Equality("isDeleted", Yes));
        return new LdapExchange(
            exchange.Server, exchange.Connection, exchange.Message with { Operation = search with { Filter = new LookupProxy.Ldap.Filters.LdapFilter.And([search.Filter, living]) } });
    }

    /// <summary>Two entries an answer.</summary>
    private async ValueTask DirSyncAsync(LdapExchange exchange, DirSyncRequest asked)
    {
        if (asked.Flags is DirSyncFlags.None && !IsPrivileged)
        {
            await exchange.SendDoneAsync(ResultCode.InsufficientAccessRights);
            return;
        }

        if (!asked.Cookie.IsEmpty && OnDirSync is { } script)
        {
            await script(exchange);
            return;
        }

        var since = asked.Cookie.IsEmpty ? 0 : long.Parse(Encoding.ASCII.GetString(asked.Cookie.Span), CultureInfo.InvariantCulture);
        var changed = exchange.Server.Entries.Find(exchange.Search)
            .Where(entry => UsnOf(entry) > since && (asked.Flags is DirSyncFlags.None || !entry.ObjectName.EndsWith(Deleted, StringComparison.Ordinal)))
            .OrderBy(UsnOf)
            .ToArray();
        foreach (var entry in changed.Take(2))
            await exchange.SendAsync(ScriptedEntry.Select(entry, ["objectGUID"], typesOnly: false));
        var reached = changed.Length > 2 ? UsnOf(changed[1]) : _usn;
        await exchange.SendAsync(
            new SearchResultDone(new LdapResult(ResultCode.Success)),
            new DirSyncResponse(changed.Length > 2, Encoding.ASCII.GetBytes(reached.ToString(CultureInfo.InvariantCulture))).ToControl());
    }

    private static long UsnOf(SearchResultEntry entry)
    {
        var attribute = entry.Attributes.FirstOrDefault(attribute => attribute.Description == UsnChanged);
        return attribute is null ? 0 : long.Parse(Encoding.ASCII.GetString(attribute.Values[0].Span), CultureInfo.InvariantCulture);
    }
}
