using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>A server with forty people and a canary that is emptied and gets them back one after the other.</summary>
internal sealed class Filling
{
    private const int Count = 40;

    private readonly People _people;
    private readonly char _letter;
    private readonly Func<Address, Answer> _says;
    private readonly Queue<string> _missing = new();

    /// <param name="saysNobody">While it is empty it says that it is.</param>
    public Filling(ScriptedServer server, char letter, bool saysNobody)
    {
        _letter = letter;
        _people = new People(server, Count, letter);
        _people.Add(EmptyingTests.Bird);
        _says = server.Says;
        server.Says = address => saysNobody && _missing.Count > Count ? new Answer.Unknown(UnknownReason.NotReady, "nobody below any base") : _says(address);
        server.Delay = TimeSpan.FromMilliseconds(5);
        // Or its circuit would open.
        server.ProbeScript = static _ => default;
    }

    /// <param name="order">In which they come back; of the canary too.</param>
    public void Empty(int order)
    {
        _people.LoseAll();
        _missing.Clear();
        var place = order % 3 * Count / 2;
        for (var i = 0; i <= Count; i++)
        {
            if (i == place)
                _missing.Enqueue(EmptyingTests.Bird);
            if (i < Count)
                _missing.Enqueue(People.Name(((i * 7) + order) % Count, _letter));
        }
    }

    public void Add(int count)
    {
        // What is left of it comes too when all do.
        for (var i = 0; (i < count || count == Count) && _missing.TryDequeue(out var somebody); i++)
            _people.Add(somebody);
    }
}
