namespace LookupProxy.Endpoints.Connections;

/// <summary>What a connection waits for. Each has a limit of its own.</summary>
internal enum ConnectionPhase
{
    /// <summary>The first byte of a request.</summary>
    Idle = 0,

    /// <summary>The rest of a request.</summary>
    Reading = 1,

    /// <summary>The answer.</summary>
    Answering = 2,

    /// <summary>The client, to take the answer.</summary>
    Writing = 3,
}
