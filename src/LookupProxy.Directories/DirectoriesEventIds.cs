namespace LookupProxy.Directories;

/// <summary>Event ids of this project's logs: 3000 to 3999, a hundred for each directory type.</summary>
internal static class DirectoriesEventIds
{
    public const int LdapQuestionFailed = 3000;
    public const int LdapFilterIgnored = 3001;
    public const int LdapAsked = 3002;
}
