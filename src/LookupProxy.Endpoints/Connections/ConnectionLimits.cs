namespace LookupProxy.Endpoints.Connections;

/// <summary>
/// Bounds of one endpoint's connections. Times are kept by a heartbeat of about a second: never early, up to two beats late.
/// </summary>
internal sealed record ConnectionLimits
{
    /// <summary>Between two requests.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>From a request's first byte to its last.</summary>
    public required TimeSpan Request { get; init; }

    /// <summary>For an answer; far above the lookup's own deadline, so it only ends what hangs by a fault of ours.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the client to take an answer that the socket's buffers can't hold.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Of(ConnectionPhase phase) => phase switch
    {
        ConnectionPhase.Idle => Idle,
        ConnectionPhase.Reading => Request,
        ConnectionPhase.Answering => Answer,
        _ => Write,
    };
}
