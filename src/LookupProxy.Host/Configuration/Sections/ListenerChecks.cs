using System.Collections.Immutable;
using System.Net;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Two listeners can't have one address.</summary>
internal static class ListenerChecks
{
    public static void Check(ImmutableArray<ListenerSettings> listeners, FaultList faults)
    {
        for (var i = 1; i < listeners.Length; i++)
        {
            var other = listeners.Take(i).FirstOrDefault(before => Collide(before.Address, listeners[i].Address));
            if (other is not null)
                faults.Error(listeners[i].Origin, listeners[i].Path, $"{listeners[i].Address} is taken by {other.Path} ({other.Address})");
        }
    }

    private static bool Collide(ListenAddress left, ListenAddress right) => (left, right) switch
    {
        (ListenAddress.Ip a, ListenAddress.Ip b) =>
            a.EndPoint.Port != 0 && a.EndPoint.Port == b.EndPoint.Port
            && (a.EndPoint.Address.Equals(b.EndPoint.Address) || TakesAll(a.EndPoint.Address, b.EndPoint.Address) || TakesAll(b.EndPoint.Address, a.EndPoint.Address)),
        _ => left == right,
    };

    /// <summary>0.0.0.0 is every IPv4 address; [::] is bound dual-stack, so it is every address.</summary>
    private static bool TakesAll(IPAddress any, IPAddress other) =>
        any.Equals(IPAddress.IPv6Any) || (any.Equals(IPAddress.Any) && other.AddressFamily == any.AddressFamily);
}
