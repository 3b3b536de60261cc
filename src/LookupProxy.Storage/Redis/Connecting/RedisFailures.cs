using System.Security.Authentication;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis.Connecting;

/// <summary>What went wrong, in words that help: the library's own name its inner parts.</summary>
/// <param name="endpoints">All that are configured, for people.</param>
internal sealed class RedisFailures(string endpoints)
{
    private volatile string? _connection;
    private volatile string? _refusal;

    public void Note(ConnectionFailedEventArgs failure) =>
        _connection = Describe(failure.FailureType, failure.Exception, failure.EndPoint?.ToString()?.Replace("Unspecified/", "", StringComparison.Ordinal) ?? endpoints);

    /// <summary>The library does not wait for the answer to the password; it tells only here.</summary>
    public void Note(RedisErrorEventArgs error)
    {
        if (error.Message.StartsWith("WRONGPASS", StringComparison.Ordinal) || error.Message.StartsWith("NOAUTH", StringComparison.Ordinal)
            || error.Message.Contains("without any password", StringComparison.Ordinal))
        {
            _refusal = error.Message;
        }
    }

    /// <param name="certificate">What is wrong with the server's certificate.</param>
    public string Describe(Exception exception, string? certificate)
    {
        if (exception is RedisServerException said)
            return IsUnreachable(said, out var server) ? $"{server} cannot be reached" : $"Redis says: {exception.Message}";
        if (certificate is not null)
            return certificate;
        if (_refusal is { } refusal)
            return $"Redis refused the password ({refusal}); see passwordFile";
        return _connection ?? (exception switch
        {
            TimeoutException => $"{endpoints} does not answer in time",
            RedisConnectionException { InnerException: RedisConnectionException inner } => Describe(inner.FailureType, inner, endpoints),
            RedisConnectionException outer => Describe(outer.FailureType, outer, endpoints),
            _ => exception.Message,
        });
    }

    /// <summary>It works again.</summary>
    public void Clear()
    {
        _connection = null;
        _refusal = null;
    }

    /// <summary>Words of the library, not of Redis: the server of a Redis Cluster that another one names is not connected.</summary>
    public static bool IsUnreachable(RedisServerException exception, out string server)
    {
        var words = exception.Message.Split(' ');
        server = words is ["Endpoint", var name, "serving", ..] ? name : "";
        return server.Length > 0;
    }

    private static string Describe(ConnectionFailureType type, Exception? exception, string whom) => type switch
    {
        ConnectionFailureType.AuthenticationFailure when exception?.InnerException is AuthenticationException => $"TLS with {whom} failed",
        ConnectionFailureType.AuthenticationFailure => $"{whom} refused the password; see passwordFile",
        ConnectionFailureType.SocketClosed => $"{whom} closed the connection",
        _ => $"{whom} cannot be reached",
    };
}
