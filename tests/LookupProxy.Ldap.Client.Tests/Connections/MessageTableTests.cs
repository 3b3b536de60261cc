using LookupProxy.Ldap.Client.Connections;

namespace LookupProxy.Ldap.Client.Tests.Connections;

public class MessageTableTests
{
    [Fact]
    public void Ids_rise_and_are_never_used_twice()
    {
        var table = new MessageTable(capacity: 1);
        var first = new IdleOperation();
        var second = new IdleOperation();

        Assert.True(table.TryAdd(first));
        Assert.True(table.TryFind(first.MessageId, take: true, out _, out _));
        Assert.True(table.TryAdd(second));

        Assert.Equal(1, first.MessageId);
        Assert.Equal(2, second.MessageId);
        Assert.Equal(3, table.NextId());
    }

    [Fact]
    public void When_the_ids_are_used_up_it_is_closed_and_what_is_pending_stays()
    {
        var table = new MessageTable(capacity: 10, firstId: int.MaxValue - 1);
        var last = new IdleOperation();

        Assert.True(table.TryAdd(last));
        Assert.False(table.TryAdd(new IdleOperation()));

        Assert.False(table.IsOpen);
        Assert.Equal(0, table.NextId());
        Assert.True(table.TryFind(int.MaxValue - 1, take: true, out var found, out _));
        Assert.Same(last, found);
    }

    [Fact]
    public void No_more_than_its_capacity_is_pending_but_for_what_takes_no_room()
    {
        var table = new MessageTable(capacity: 2);

        Assert.True(table.TryAdd(new IdleOperation()));
        Assert.True(table.TryAdd(new IdleOperation()));
        Assert.False(table.TryAdd(new IdleOperation()));
        Assert.True(table.TryAdd(new IdleOperation { Room = false }));

        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void Closed_to_new_requests_it_still_takes_what_takes_no_room()
    {
        var table = new MessageTable(capacity: 2);
        table.CloseToNew();

        Assert.False(table.TryAdd(new IdleOperation()));
        Assert.True(table.TryAdd(new IdleOperation { Room = false }));
    }

    [Fact]
    public void Cleared_it_gives_up_all_and_takes_nothing()
    {
        var table = new MessageTable(capacity: 2);
        var pending = new IdleOperation();
        table.TryAdd(pending);

        Assert.Same(pending, Assert.Single(table.Clear()));

        Assert.Equal(0, table.Count);
        Assert.False(table.TryAdd(new IdleOperation()));
        Assert.False(table.TryAdd(new IdleOperation { Room = false }));
        Assert.Empty(table.Clear());
    }

    [Fact]
    public void An_answer_is_late_only_for_what_was_abandoned()
    {
        var table = new MessageTable(capacity: 10);
        var abandoned = new IdleOperation();
        var answered = new IdleOperation();
        table.TryAdd(abandoned);
        table.TryAdd(answered);

        Assert.True(table.TryAbandon(abandoned));
        Assert.False(table.TryAbandon(abandoned));
        Assert.True(table.TryFind(answered.MessageId, take: true, out _, out _));

        Assert.False(table.TryFind(abandoned.MessageId, take: false, out _, out var isLate));
        Assert.True(isLate);
        Assert.False(table.TryFind(answered.MessageId, take: false, out _, out isLate));
        Assert.False(isLate);
        Assert.False(table.TryFind(99, take: false, out _, out isLate));
        Assert.False(isLate);
    }

    [Fact]
    public void An_operation_of_another_connection_with_the_same_id_is_not_abandoned()
    {
        var table = new MessageTable(capacity: 10);
        table.TryAdd(new IdleOperation());

        Assert.False(table.TryAbandon(new IdleOperation { MessageId = 1 }));

        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void Of_more_abandoned_ids_than_it_remembers_the_oldest_have_the_benefit_of_the_doubt()
    {
        var ids = new AbandonedIds(capacity: 2);
        foreach (var id in (int[])[10, 20, 30])
            ids.Add(id);

        Assert.True(ids.MayContain(7));
        Assert.True(ids.MayContain(10));
        Assert.False(ids.MayContain(11));
        Assert.True(ids.MayContain(20));
        Assert.False(ids.MayContain(25));
        Assert.True(ids.MayContain(30));
        Assert.False(ids.MayContain(31));
    }
}
