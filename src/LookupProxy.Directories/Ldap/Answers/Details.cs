using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>Texts for people: logs and evidence.</summary>
internal static class Details
{
    /// <summary>Of a text that a server chose.</summary>
    private const int MaxQuoted = 300;

    public static string Base(string baseDn) => baseDn.Length == 0 ? "the empty base" : baseDn;

    public static string Of(LdapResult result, string baseDn)
    {
        var text = $"the search below {Base(baseDn)} ended with {Code(result.Code)}";
        if (result.DiagnosticMessage.Length > 0)
            text += $": {Quoted(result.DiagnosticMessage)}";
        if (result.MatchedDn.Length > 0)
            text += $" (found as far as {Quoted(result.MatchedDn)})";
        return text;
    }

    public static string OfReference(string reference, string baseDn) =>
        $"below {Base(baseDn)} a part of the tree is kept at {Quoted(reference)} and was not searched "
        + "(in a forest of several domains ask the global catalog, port 3268 or 3269)";

    public static string NoEnd(string baseDn) => $"the search below {Base(baseDn)} had no end";

    public static string Listed(IEnumerable<string> attributes) => string.Join(" or ", attributes);

    public static string Nobody(IEnumerable<string> baseDns) =>
        $"{Below(baseDns)} the filter finds nobody at all, whatever the address: "
        + "the directory is empty, or an attribute of the filter is misspelt or may not be read";

    public static string NobodyShows(IEnumerable<string> attributes, IEnumerable<string> baseDns) =>
        $"{Below(baseDns)} nobody is found by {Listed(attributes)} any more, though those who were are there: "
        + "it may not be searched any more, or nobody has it now";

    /// <summary>Without control characters (AD ends its messages with a NUL) and cut.</summary>
    public static string Quoted(string text)
    {
        var clean = string.Concat(text.Where(static c => !char.IsControl(c))).Trim();
        return clean.Length <= MaxQuoted ? clean : string.Concat(clean.AsSpan(0, MaxQuoted), "…");
    }

    private static string Below(IEnumerable<string> baseDns) => $"below {string.Join(" and ", baseDns.Select(Base))}";

    /// <summary>RFC 4511's name and number: noSuchObject (32).</summary>
    private static string Code(ResultCode code) =>
        Enum.IsDefined(code) && code.ToString() is var name ? $"{char.ToLowerInvariant(name[0])}{name.AsSpan(1)} ({(int)code})" : $"result code {(int)code}";
}
