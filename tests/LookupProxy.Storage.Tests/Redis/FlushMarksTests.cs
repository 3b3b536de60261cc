using LookupProxy.Storage.Redis;

namespace LookupProxy.Storage.Tests.Redis;

public sealed class FlushMarksTests
{
    private readonly FlushMarks _marks = new();

    [Fact]
    public void Only_what_was_written_before_its_domain_was_flushed_is_covered()
    {
        _marks.Add("a.example", 10);

        Assert.True(_marks.Cover("a.example", 9));
        Assert.False(_marks.Cover("a.example", 10));
        Assert.False(_marks.Cover("b.example", 9));

        _marks.Add(FlushMarks.All, 20);
        Assert.True(_marks.Cover("b.example", 19));
        Assert.True(_marks.Cover("a.example", 19));
    }

    [Fact]
    public void A_flush_of_one_domain_says_nothing_of_what_was_heard_of_another()
    {
        _marks.Hear(5);
        _marks.Add("a.example", 10);

        Assert.Equal((10, 5), (_marks.StampOf("a.example"), _marks.StampOf("b.example")));
    }

    [Fact]
    public void Numbers_never_go_back()
    {
        _marks.Add("a.example", 10);
        _marks.Add("a.example", 7);
        _marks.Hear(20);
        _marks.Hear(15);

        Assert.True(_marks.Cover("a.example", 9));
        Assert.Equal(20, _marks.StampOf("a.example"));
    }
}
