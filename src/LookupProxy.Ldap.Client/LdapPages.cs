using System.Collections.Immutable;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>
/// A search in pages (RFC 2696). Between two pages the session takes other searches. The server may make pages smaller than asked (Active Directory's
/// MaxPageSize), or give all at once when it does not know the control and that is not critical.
/// </summary>
/// <param name="controls">Of each page's request, beside the paging's own.</param>
/// <param name="silence">See <see cref="ILdapSession.Search"/>.</param>
public sealed class LdapPages(
    ILdapSession session, SearchRequest request, int pageSize, TimeSpan silence, ImmutableArray<LdapControl> controls = default, bool isCritical = false)
{
    /// <summary>Active Directory gives empty pages while it looks through entries that don't match; a server that gives nothing else makes no headway.</summary>
    private const int MaxEmptyPages = 10_000;

    private readonly ImmutableArray<LdapControl> _controls = controls.IsDefault ? [] : controls;
    private ILdapResponses? _page;
    private int _emptyPages;
    private int? _estimate;

    /// <summary>Set when <see cref="Next"/> has returned null: the last page's end, or what was wrong with it. Success means that all pages have been read.</summary>
    public LdapEnd? End { get; private set; }

    /// <summary>The server's estimate of all entries, from the last page that had one; RFC 2696 leaves it to the server.</summary>
    public int? Estimate => _page?.End is { } end && PagedResults.TryRead(end.Controls.Find(Oids.PagedResults), out var paged) && paged.Size > 0 ? paged.Size : _estimate;

    /// <summary>The next page, or null when there is none. The one before must have been read to its end.</summary>
    public ILdapResponses? Next()
    {
        if (End is not null)
            return null;
        var cookie = ReadOnlyMemory<byte>.Empty;
        if (_page is not null && !TryGoOn(_page, out cookie))
            return null;
        return _page = session.Search(request, [.. _controls, new PagedResults(pageSize, cookie).ToControl(isCritical)], silence);
    }

    private bool TryGoOn(ILdapResponses page, out ReadOnlyMemory<byte> cookie)
    {
        cookie = default;
        var end = page.End ?? throw new InvalidOperationException("The page before has not been read to its end.");
        var control = end.Controls.Find(Oids.PagedResults);
        if (!end.IsSuccess || control is null)
        {
            End = end;
            return false;
        }

        if (!PagedResults.TryRead(control, out var paged))
            return Broken("a paged results control that cannot be read");
        _estimate = Estimate;
        if (paged.Cookie.IsEmpty)
        {
            End = end;
            return false;
        }

        _emptyPages = page.Entries > 0 ? 0 : _emptyPages + 1;
        cookie = paged.Cookie;
        return _emptyPages <= MaxEmptyPages || Broken($"{MaxEmptyPages} pages without an entry");
    }

    private bool Broken(string what)
    {
        End = new LdapEnd { Fault = new LdapFault(LdapFaultKind.ProtocolError, $"{session.Server} does not page as it should: {what}") };
        return false;
    }
}
