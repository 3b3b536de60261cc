namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The two things an administrator can say of an address.</summary>
public enum OverrideWord
{
    Valid,
    Invalid,
}
