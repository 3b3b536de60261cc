using System.Globalization;
using System.Text;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>Answers in pages (RFC 2696) as real servers do: no page above the server's own limit, and a cookie is good for its own connection only.</summary>
/// <param name="maxPageSize">As Active Directory's MaxPageSize: larger pages are cut silently.</param>
/// <param name="estimate">Of all entries, told with each page; 0 for none.</param>
public sealed class PagedAnswer(int maxPageSize = int.MaxValue, int estimate = 0)
{
    private readonly Dictionary<int, LdapScript> _instead = [];
    private int _pages;

    /// <summary>Pages that were asked for.</summary>
    public int Pages => Volatile.Read(ref _pages);

    /// <param name="page">Counts from 1, over all connections.</param>
    public PagedAnswer Instead(int page, LdapScript script)
    {
        _instead[page] = script;
        return this;
    }

    public async ValueTask RunAsync(LdapExchange exchange)
    {
        if (!PagedResults.TryRead(exchange.Message.Controls.Find(LookupProxy.Ldap.Oids.PagedResults), out var asked))
        {
            await LdapScripts.Answer(exchange);
            return;
        }

        if (_instead.TryGetValue(Interlocked.Increment(ref _pages), out var script))
        {
            await script(exchange);
            return;
        }

        if (!TryReadCookie(asked.Cookie, exchange.Connection.Number, out var from))
        {
            await exchange.SendDoneAsync(ResultCode.UnwillingToPerform, "paged results cookie is invalid or old");
            return;
        }

        var all = exchange.Server.Entries.Find(exchange.Search).ToArray();
        var page = all.Skip(from).Take(Math.Min(asked.Size, maxPageSize)).ToArray();
        foreach (var entry in page)
            await exchange.SendAsync(ScriptedEntry.Select(entry, exchange.Search.Attributes, exchange.Search.TypesOnly));
        var next = from + page.Length;
        var cookie = next < all.Length ? Encoding.ASCII.GetBytes(FormattableString.Invariant($"{exchange.Connection.Number}:{next}")) : [];
        await exchange.SendAsync(new SearchResultDone(new LdapResult(ResultCode.Success)), new PagedResults(estimate, cookie).ToControl(critical: false));
    }

    private static bool TryReadCookie(ReadOnlyMemory<byte> cookie, int connection, out int from)
    {
        from = 0;
        if (cookie.IsEmpty)
            return true;
        var parts = Encoding.ASCII.GetString(cookie.Span).Split(':');
        return parts.Length == 2
            && int.Parse(parts[0], CultureInfo.InvariantCulture) == connection
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out from);
    }
}
