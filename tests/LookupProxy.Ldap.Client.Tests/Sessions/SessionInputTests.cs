using System.IO.Pipelines;
using LookupProxy.Ldap.Client.Sessions;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Tests.Sessions;

public sealed class SessionInputTests
{
    [Fact]
    public async Task Whoever_brings_the_bytes_does_not_do_what_is_made_of_them()
    {
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        using var input = new SessionInput(pipe.Reader, "server", 1024, TimeProvider.System);
        var goesOnIn = GoesOnInAsync(input);
        var bringer = new Thread(() =>
        {
            LdapMessageWriter.Write(pipe.Writer, new LdapMessage(1, new SearchResultDone(new LdapResult(ResultCode.Success))));
            Assert.True(pipe.Writer.FlushAsync().AsTask().IsCompletedSuccessfully);
        });

        bringer.Start();
        bringer.Join();

        Assert.NotEqual(bringer.ManagedThreadId, await goesOnIn.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static async Task<int> GoesOnInAsync(SessionInput input)
    {
        var received = await input.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.NotNull(received.Message);
        return Environment.CurrentManagedThreadId;
    }
}
