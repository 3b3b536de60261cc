namespace LookupProxy.Directories;

/// <summary>Every event id of this project's logs: 3000 to 3999, a hundred for each directory type. Operators match on them: they don't change.</summary>
internal static class EventIds
{
    public const int LdapQuestionFailed = 3000;
    public const int LdapFilterIgnored = 3001;
    public const int LdapAsked = 3002;
    public const int LdapMarkDoesNotFit = 3003;
    public const int LdapChangesRefused = 3004;
    public const int LdapChangesGivenUp = 3005;
    public const int LdapBehind = 3006;
    public const int LdapCaughtUp = 3007;
    public const int LdapNotShared = 3008;
    public const int LdapAttributesMissing = 3009;
    public const int LdapAttributesBack = 3010;

    public const int FileLoaded = 3100;
    public const int FileValuesSkipped = 3101;
    public const int FileNotLoaded = 3102;
    public const int FileBack = 3103;
    public const int FileCountNotKept = 3104;
}
