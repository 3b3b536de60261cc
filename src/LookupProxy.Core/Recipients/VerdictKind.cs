namespace LookupProxy.Core.Recipients;

public enum VerdictKind
{
    Valid,

    /// <summary>Every directory of the namespace said, freshly, that there is no such recipient.</summary>
    Invalid,

    Unknown,

    /// <summary>No namespace of the view has the domain.</summary>
    NotOurs,
}
