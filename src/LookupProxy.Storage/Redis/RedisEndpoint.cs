namespace LookupProxy.Storage.Redis;

/// <param name="Host">A name or an IP address.</param>
public sealed record RedisEndpoint(string Host, int Port)
{
    public const int DefaultPort = 6379;

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
