using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Directories.File;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Tests.File;

public sealed class FileDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_a_directory_with_one_server()
    {
        _folder.Write("people", "anna@x\n");
        await using var directory = Open();
        Assert.Equal("test", directory.Name);
        Assert.Equal("file", directory.Type);
        Assert.Equal(_folder["people"], Assert.Single(directory.Servers).Name);
    }

    [Fact]
    public async Task Questions_wait_for_the_first_reading()
    {
        _folder.Write("people", "anna@x\n");
        await using var directory = Open();
        Assert.IsType<Answer.Exists>(await AskAsync(directory, "anna@x"));
        Assert.IsType<Answer.Absent>(await AskAsync(directory, "nobody@x"));
    }

    [Fact]
    public async Task It_opens_without_a_file_and_finds_it_when_it_comes()
    {
        await using var directory = Open();
        Assert.IsType<Answer.Unknown>(await AskAsync(directory, "anna@x"));
        _folder.Write("people", "anna@x\n");
        while (await AskAsync(directory, "anna@x") is not Answer.Exists)
        {
            await _clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>A server that were ill would not be asked, not even for those who are known.</summary>
    [Fact]
    public async Task Without_its_file_it_is_well_and_knows_who_was_there_and_an_alarm_says_what_is_wrong()
    {
        _folder.Write("people", "anna@x\n");
        await using var directory = Open();
        Assert.IsType<Answer.Absent>(await AskAsync(directory, "nobody@x"));
        Assert.Empty(directory.Current);
        System.IO.File.Delete(_folder["people"]);
        while (directory.Current.IsEmpty)
        {
            await _clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("file-not-read", Assert.Single(directory.Current).Name);
        Assert.Contains("is not there", directory.Current[0].Text, StringComparison.Ordinal);
        Assert.IsType<Answer.Exists>(await AskAsync(directory, "anna@x"));
        Assert.Equal(UnknownReason.Distrusted, Assert.IsType<Answer.Unknown>(await AskAsync(directory, "nobody@x")).Reason);
        Assert.Null(await directory.Servers[0].ProbeAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_question_that_is_given_up_does_not_wait()
    {
        _folder.Write("people", "anna@x\n");
        System.IO.File.SetLastWriteTimeUtc(_folder["people"], _clock.GetUtcNow().UtcDateTime);
        await using var directory = Open();
        using var given = new CancellationTokenSource();
        var question = directory.Servers[0].AskAsync(FileText.Address("anna@x"), given.Token);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await question);
    }

    [Fact]
    public async Task Everybody_can_be_searched_for()
    {
        _folder.Write("people", string.Concat(Enumerable.Range(0, 1000).Select(static i => $"user{i}@x\n")));
        await using var directory = Open();

        var found = await FindAsync(directory);

        Assert.Equal(1000, found.Count);
        Assert.Equal(1000, found.SelectMany(static recipient => recipient.Addresses).Select(static address => address.Text).Distinct().Count());
        Assert.False(directory.Holds("dc=x"));
    }

    [Fact]
    public async Task A_file_that_is_not_there_has_not_been_searched()
    {
        await using var directory = Open();

        await Assert.ThrowsAsync<ListingException>(() => FindAsync(directory));
    }

    [Fact]
    public async Task It_stops_watching_when_disposed()
    {
        _folder.Write("people", "anna@x\n");
        var directory = Open();
        await AskAsync(directory, "anna@x");
        await _clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        await directory.DisposeAsync();
        Assert.True(directory.Stopped);
    }

    [Theory]
    [InlineData("(memberOf:1.2.840.113556.1.4.1941:=cn=staff)", true)]
    [InlineData("(memberOf=cn=staff)", false)]
    [InlineData("(manager:1.2.840.113556.1.4.1941:=cn=staff)", false)]
    public async Task A_file_can_not_tell_who_is_in_a_group_through_others(string filter, bool fails)
    {
        _folder.Write("people", "address,memberOf\nanna@corp.example,cn=inner\n");
        var options = FileText.Options(RecipientFileFormat.Csv, _folder["people"]) with { PublishedAttributes = ["memberOf"] };
        await using var directory = FileDirectory.Open(options, NullLogger.Instance, _clock);

        if (fails)
            await Assert.ThrowsAsync<ListingException>(() => FindAsync(directory, filter));
        else
            Assert.Single(await FindAsync(directory, filter));
    }

    private static async Task<Answer> AskAsync(FileDirectory directory, string address) =>
        await directory.Servers[0].AskAsync(FileText.Address(address), TestContext.Current.CancellationToken);

    private static async Task<List<FoundRecipient>> FindAsync(FileDirectory directory, string filter = "(objectClass=*)")
    {
        var found = new List<FoundRecipient>();
        await foreach (var page in directory.SearchAsync(new RecipientQuestion(filter), TestContext.Current.CancellationToken))
            found.AddRange(page);
        return found;
    }

    private FileDirectory Open() =>
        FileDirectory.Open(FileText.Options(RecipientFileFormat.List, _folder["people"]), NullLogger.Instance, _clock);
}
