namespace LookupProxy.Endpoints.Ldap.Entries.Schema;

/// <summary>Numbers for names that have none of their own that is certain: below a UUID (X.667), which needs no registration.</summary>
internal static class OwnOids
{
    public const string Attributes = Root + ".1.";
    public const string Classes = Root + ".2.";

    private const string Root = "2.25.128628622479371075029015110289254988756";
}
