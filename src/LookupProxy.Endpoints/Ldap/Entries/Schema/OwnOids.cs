namespace LookupProxy.Endpoints.Ldap.Entries.Schema;

/// <summary>Numbers for names that have none of their own that is certain: below a UUID (X.667), which needs no registration.</summary>
internal static class OwnOids
{
    public const string Attributes = Root + ".1.";
    public const string Classes = Root + ".2.";

    /// <summary>Below it the letters of a name that only an installation's configuration knows.</summary>
    private const string Named = Attributes + "0.";

    private const string Root = "2.25.128628622479371075029015110289254988756";

    /// <summary>The same for the same name, in whatever case, on every node.</summary>
    public static string OfName(string name) => Named + string.Join('.', name.ToLowerInvariant().Select(static letter => (int)letter));
}
