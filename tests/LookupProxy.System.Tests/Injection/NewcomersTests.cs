using LookupProxy.TestKit.Time;

namespace LookupProxy.SystemTests.Injection;

public sealed class NewcomersTests
{
    private const int First = 10;

    private readonly ManualTimeProvider _time = new();
    private readonly Population _people;

    public NewcomersTests()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _people = new Population(static _ => 20, nodes: 2, _time);
    }

    [Fact]
    public void They_come_one_after_the_other_however_often_is_asked()
    {
        var newcomers = new Newcomers(_people, Holder.Contoso, First, count: 3, _time);
        Assert.Equal([First, null, null], Fresh(newcomers, 3));

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([First + 1, null], Fresh(newcomers, 2));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([First + 2, null], Fresh(newcomers, 2));
    }

    [Fact]
    public void Whoever_was_not_accepted_is_asked_for_again()
    {
        var newcomers = new Newcomers(_people, Holder.Contoso, First, count: 3, _time);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Fresh(newcomers, 2);
        Assert.Equal([First, First + 1], Again(newcomers).Distinct().Order());

        _people.Saw(node: 1, Holder.Contoso, First);
        Assert.Equal([First + 1], Again(newcomers).Distinct());

        _people.Saw(node: 0, Holder.Contoso, First + 1);
        Assert.Empty(Again(newcomers));
    }

    private static int?[] Fresh(Newcomers newcomers, int times) => [.. Enumerable.Range(0, times).Select(_ => newcomers.Pick(again: false, which: 0))];

    private static IEnumerable<int> Again(Newcomers newcomers) =>
        Enumerable.Range(0, 10).Append(int.MaxValue).Select(which => newcomers.Pick(again: true, which)).OfType<int>();
}
