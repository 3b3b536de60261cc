namespace LookupProxy.Core.Recipients;

/// <summary>The operator's choice of what an Unknown verdict becomes.</summary>
public enum WhenUnknown
{
    /// <summary>A temporary failure: the sender tries again.</summary>
    Defer,

    Accept,
}
