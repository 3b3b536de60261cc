namespace LookupProxy.Core.Recipients;

/// <summary>Why a directory's answer is not known. Names are stable: logs, metrics and the HTTP body carry them.</summary>
public enum UnknownReason
{
    None,

    /// <summary>The directory did not answer within its own timeout.</summary>
    Timeout,

    /// <summary>The lookup's deadline passed before the directory answered.</summary>
    Deadline,

    /// <summary>No connection: refused, no route, name not resolved.</summary>
    Unreachable,

    /// <summary>A connection was closed or reset before the answer was whole.</summary>
    ConnectionLost,

    /// <summary>TLS could not be set up or the certificate was refused.</summary>
    TlsFailed,

    /// <summary>The directory refused our credentials.</summary>
    BindRefused,

    /// <summary>The directory let us in and refused the search.</summary>
    AccessRefused,

    Busy,

    Unavailable,

    /// <summary>Part of the tree lies elsewhere and was not searched.</summary>
    Referral,

    SizeLimit,

    TimeLimit,

    /// <summary>The search base does not exist, so nothing was searched.</summary>
    BaseNotFound,

    /// <summary>What came back is not the protocol.</summary>
    ProtocolError,

    /// <summary>Any other refusal; its code is in the detail.</summary>
    ServerError,

    /// <summary>The circuit is open after failures.</summary>
    CircuitOpen,

    /// <summary>The administrator took the server out.</summary>
    Isolated,

    /// <summary>Too much was outstanding already; the question was not asked.</summary>
    Overloaded,

    /// <summary>The directory has not been loaded or set up yet, or shows no recipient at all.</summary>
    NotReady,

    /// <summary>The directory says no, and by what it says of others, or of itself, its no counts for nothing now.</summary>
    Distrusted,

    /// <summary>A fault of our own; the log has it.</summary>
    InternalError,
}
