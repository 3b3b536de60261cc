using LookupProxy.Host.Composition;

namespace LookupProxy.Host.Tests.Composition;

public sealed class JournalStreamTests
{
    [Theory]
    [InlineData("8:4711", "socket:[4711]", true)]
    [InlineData("8:4711", "socket:[4712]", false)]
    [InlineData("8:4711", "pipe:[4711]", false)]
    [InlineData("8:4711", "lookupproxy.log", false)]
    [InlineData("8:4711", null, false)]
    [InlineData("8:", "socket:[]", false)]
    [InlineData("", "socket:[4711]", false)]
    [InlineData(null, "socket:[4711]", false)]
    public void Standard_error_is_the_journal_only_when_it_is_the_stream_that_is_named(string? variable, string? stream, bool expected) =>
        Assert.Equal(expected, JournalStream.IsStandardError(variable, stream));
}
