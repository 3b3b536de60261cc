namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>Matching rules that extensible matches name (RFC 4517 4.2), by name and by OID.</summary>
internal static class Rules
{
    public const string CaseIgnoreMatch = "caseIgnoreMatch";
    public const string CaseIgnoreMatchOid = "2.5.13.2";
    public const string CaseExactMatchOid = "2.5.13.5";
}
