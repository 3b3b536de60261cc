using Microsoft.AspNetCore.Connections;

namespace LookupProxy.Endpoints.Http;

/// <summary>
/// Answers a client that shuts its side down behind its request, as "nc -N" and many a script do. Kestrel takes the end of what is sent for the end of
/// the connection and breaks off the answer. That a client has gone for good is told when the answer can't be written: a lookup is over by then, at its deadline at the latest.
/// </summary>
public static class HalfClosed
{
    public static ConnectionDelegate Answer(ConnectionDelegate next) => connection =>
    {
        connection.ConnectionClosed = CancellationToken.None;
        return next(connection);
    };
}
