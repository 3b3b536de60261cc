namespace LookupProxy.Endpoints.Connections;

internal enum FrameStatus
{
    Done,

    /// <summary>The request is not whole yet; nothing is consumed.</summary>
    NeedMore,

    /// <summary>The bytes are not the protocol or exceed a limit. The connection can't go on.</summary>
    Fault,
}
