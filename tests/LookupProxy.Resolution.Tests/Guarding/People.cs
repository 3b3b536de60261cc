using System.Globalization;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>A server that has so many people, p0, p1, … (or another letter), until it loses some.</summary>
internal sealed class People
{
    private readonly HashSet<string> _there = new(StringComparer.Ordinal);
    private readonly ScriptedServer _server;
    private readonly char _letter;

    public People(ScriptedServer server, int count, char letter = 'p')
    {
        _server = server;
        _letter = letter;
        Restore(count);
        server.Says = Says;
    }

    public static string Name(int number, char letter = 'p') => $"{letter}{number}@corp.example";

    /// <summary>Of p0, p1, …; above all numbers for anybody else.</summary>
    public static int Number(string address) =>
        address[0] == 'p' ? int.Parse(address.AsSpan(1, address.IndexOf('@', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture) : int.MaxValue;

    public void Add(string address) => _there.Add(address);

    public void Lose(Func<string, bool> which) => _there.RemoveWhere(address => which(address));

    public void LoseAll() => _there.Clear();

    public void Restore(int count)
    {
        for (var i = 0; i < count; i++)
            _there.Add(Name(i, _letter));
    }

    private Answer Says(Address address) => _there.Contains(address.Text) ? ScriptedServer.Exists(_server.Name) : Answer.No;
}
