namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>How many connections a listener may have.</summary>
public interface IConnectionRoom
{
    /// <summary>False when there are as many as there may be. <see cref="Leave"/> must follow what is true.</summary>
    bool TryEnter();

    void Leave();
}
