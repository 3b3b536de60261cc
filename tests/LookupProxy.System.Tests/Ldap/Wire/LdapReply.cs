namespace LookupProxy.SystemTests.Ldap.Wire;

/// <summary>One message of the server's.</summary>
/// <param name="Operation">The application tag's number (RFC 4511 4): 1 bind response, 4 entry, 5 search done, 24 extended response.</param>
/// <param name="ResultCode">-1 for an entry.</param>
internal sealed record LdapReply(int MessageId, int Operation, int ResultCode)
{
    public const int BindResponse = 1;
    public const int Entry = 4;
    public const int SearchDone = 5;
    public const int ExtendedResponse = 24;
}
