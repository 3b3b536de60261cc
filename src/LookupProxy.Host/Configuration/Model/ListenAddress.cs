using System.Net;

namespace LookupProxy.Host.Configuration.Model;

/// <summary>Where an endpoint listens.</summary>
internal abstract record ListenAddress
{
    private ListenAddress()
    {
    }

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
