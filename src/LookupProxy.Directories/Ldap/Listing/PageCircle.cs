namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>
/// Finds out a server that gives the same pages for ever, as one does that gives cookies and heeds none. It remembers one page's first entry, and ever
/// later ones (Brent's way to find a cycle of any length); cookies tell nothing: 389 Directory Server's stay the same from page to page.
/// </summary>
internal sealed class PageCircle
{
    private string? _remembered;
    private long _pages;
    private long _rememberAt = 1;

    /// <param name="first">The name of the page's first entry.</param>
    /// <returns>True when a page before began with it.</returns>
    public bool Closes(string first)
    {
        if (first == _remembered)
            return true;
        if (++_pages < _rememberAt)
            return false;
        (_remembered, _rememberAt) = (first, _pages * 2);
        return false;
    }
}
