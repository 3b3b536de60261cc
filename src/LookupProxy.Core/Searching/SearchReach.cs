namespace LookupProxy.Core.Searching;

/// <summary>RFC 4511 4.5.1.2.</summary>
public enum SearchReach
{
    Base,
    OneLevel,
    Subtree,
}
