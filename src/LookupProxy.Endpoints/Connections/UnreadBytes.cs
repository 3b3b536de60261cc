using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LookupProxy.Endpoints.Connections;

/// <summary>
/// What a client had sent when the server was told to stop, and nobody has looked at yet: on a busy machine a connection may be told to stop before its
/// first read. It is owed an answer.
/// </summary>
internal static class UnreadBytes
{
    /// <param name="input">Of which no read is pending.</param>
    public static bool Exist(ConnectionContext connection, PipeReader input)
    {
        if (input.TryRead(out var read))
        {
            input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
            return !read.Buffer.IsEmpty;
        }

        try
        {
            return connection.Features.Get<IConnectionSocketFeature>() is { } feature && feature.Socket.Available > 0;
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            return false;
        }
    }
}
