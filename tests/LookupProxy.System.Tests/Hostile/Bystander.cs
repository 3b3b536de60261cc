using System.Globalization;
using LookupProxy.SystemTests.Ldap.Wire;

namespace LookupProxy.SystemTests.Hostile;

/// <summary>
/// A gateway that goes about its business during an attack: it asks on a connection of its own without a pause, and now and then it opens another.
/// Every answer must be right. In a thread of its own, so that what is measured is the server's time and not that of the attackers' side.
/// </summary>
internal sealed class Bystander : IDisposable
{
    private const int SearchesBetweenConnections = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly int _port;
    private readonly List<TimeSpan> _searches = [];
    private readonly List<TimeSpan> _connections = [];
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private Exception? _error;

    private Bystander(int port)
    {
        _port = port;
        _thread = new Thread(Run);
        _thread.Start();
    }

    public static Bystander Start(int port) => new(port);

    public TimeSpan Median => At(_searches, 0.5);

    public TimeSpan NinetyNine => At(_searches, 0.99);

    /// <summary>From connect to the answer of the first search.</summary>
    public TimeSpan SlowestConnection => _connections.Max();

    /// <summary>Throws what the bystander met.</summary>
    public void Stop()
    {
        _stop.Set();
        _thread.Join();
        if (_error is not null)
            throw new InvalidOperationException("Not served during an attack", _error);
    }

    public void Dispose() => _stop.Dispose();

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_searches.Count} searches: median {Median.TotalMilliseconds:0.0} ms, 99 % {NinetyNine.TotalMilliseconds:0.0} ms, slowest {At(_searches, 1).TotalMilliseconds:0} ms; {_connections.Count} new connections: slowest {SlowestConnection.TotalMilliseconds:0} ms");

    private static TimeSpan At(List<TimeSpan> times, double share) => times.Order().ElementAt((int)((times.Count - 1) * share));

    private void Run()
    {
        RawLdapClient? client = null;
        try
        {
            for (var i = 0; !_stop.IsSet || i <= SearchesBetweenConnections; i++)
            {
                if (i % SearchesBetweenConnections == 0)
                {
                    client?.Dispose();
                    var began = TimeProvider.System.GetTimestamp();
                    client = RawLdapClient.Connect(_port);
                    Assert.Equal((0, 0), client.Search(LdapPdu.Bind(1, HostileLab.Account, HostileLab.Password)));
                    Search(client, i);
                    _connections.Add(TimeProvider.System.GetElapsedTime(began));
                }

                var started = TimeProvider.System.GetTimestamp();
                Search(client!, i);
                _searches.Add(TimeProvider.System.GetElapsedTime(started));
                _stop.Wait(Pause);
            }
        }
        catch (Exception e)
        {
            _error = e;
        }
        finally
        {
            client?.Dispose();
        }
    }

    /// <summary>Somebody and nobody in turn.</summary>
    private static void Search(RawLdapClient client, int number)
    {
        var exists = number % 2 == 0;
        var address = exists ? $"anna{number % 1000}@corp.example" : $"nobody{number}@corp.example";
        Assert.Equal((exists ? 1 : 0, 0), client.Search(LdapPdu.Search(number + 2, LdapPdu.Equal("mail", address), attributes: "mail")));
    }
}
