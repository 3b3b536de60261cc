namespace LookupProxy.Endpoints;

/// <summary>Every event id of this project's logs. Operators match on them: they don't change.</summary>
internal static class EventIds
{
    public const int ConnectionFault = 4000;
    public const int ConnectionFaultQuiet = 4001;
    public const int ConnectionTimedOut = 4002;
    public const int ConnectionHung = 4003;
    public const int ConnectionFailed = 4004;
    public const int ConnectionLost = 4005;
    public const int AcceptFailed = 4006;
    public const int ForeignDomain = 4007;

    public const int LookupThrew = 4010;

    public const int HttpFailed = 4020;
    public const int AdminRefused = 4021;
    public const int ServerIsolated = 4022;
    public const int ServerClosed = 4023;
    public const int CacheFlushed = 4024;
    public const int OverrideSet = 4025;
    public const int OverrideRemoved = 4026;
    public const int SnapshotRefreshed = 4028;
    public const int LossAccepted = 4029;

    public const int LdapSearchThrew = 4030;
    public const int LdapBindFailed = 4032;
    public const int LdapBindThrew = 4033;
    public const int LdapHandshakeFailed = 4034;
    public const int LdapRefused = 4035;
    public const int LdapEnumerationPartial = 4037;
    public const int LdapEnumerationStalled = 4038;
    public const int LdapUndecided = 4050;
    public const int LdapNothingAskedFor = 4051;
    public const int LdapSearchRefused = 4052;
}
