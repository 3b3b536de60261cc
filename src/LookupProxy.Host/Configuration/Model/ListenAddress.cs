using System.Net;

namespace LookupProxy.Host.Configuration.Model;

/// <summary>Where an endpoint listens.</summary>
internal abstract record ListenAddress
{
    private ListenAddress()
    {
    }

    /// <summary>Others than this machine may reach it.</summary>
    public bool IsOnTheNetwork => this is Ip { EndPoint.Address: var ip } && !IPAddress.IsLoopback(ip);

    public abstract EndPoint ToEndPoint();

    /// <param name="EndPoint">Port 0 is any that is free.</param>
    public sealed record Ip(IPEndPoint EndPoint) : ListenAddress
    {
        public override EndPoint ToEndPoint() => EndPoint;

        public override string ToString() => EndPoint.ToString();
    }

    public sealed record Unix(string Path) : ListenAddress
    {
        public override EndPoint ToEndPoint() => new System.Net.Sockets.UnixDomainSocketEndPoint(Path);

        public override string ToString() => "unix:" + Path;
    }
}
