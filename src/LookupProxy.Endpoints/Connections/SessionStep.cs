namespace LookupProxy.Endpoints.Connections;

internal enum SessionStep
{
    /// <summary>No whole request is left; nothing was consumed.</summary>
    NeedMore,

    /// <summary>One request was consumed and its answer, if it has one, is written.</summary>
    Answered,

    /// <summary>One request was consumed and its answer takes time: <see cref="IProtocolSession.FinishAsync"/> writes it.</summary>
    Waiting,

    /// <summary>As <see cref="Answered"/>, and it was the last one: flush, then close.</summary>
    Close,

    /// <summary>Close at once and say nothing; <see cref="IProtocolSession.Fault"/> says why.</summary>
    Fault,
}
