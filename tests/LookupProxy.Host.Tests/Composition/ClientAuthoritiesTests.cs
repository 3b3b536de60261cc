using LookupProxy.Host.Composition;
using LookupProxy.TestKit.Certificates;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Host.Tests.Composition;

public sealed class ClientAuthoritiesTests : IDisposable
{
    private readonly TestPki _first = new("First authority");
    private readonly TestPki _second = new("Second authority");
    private readonly ManualTimeProvider _time = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void A_changed_file_counts_without_a_restart_and_one_that_holds_no_authority_does_not()
    {
        var file = _first.WriteText("clients.pem", File.ReadAllText(_first.AuthorityFile));
        SetTime(file, 1);
        var authorities = new ClientAuthorities(file, _time, NullLogger.Instance);
        Assert.Equal(["CN=First authority"], Subjects(authorities));

        File.WriteAllText(file, File.ReadAllText(_first.AuthorityFile) + "\n" + File.ReadAllText(_second.AuthorityFile));
        SetTime(file, 2);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["CN=First authority", "CN=Second authority"], Subjects(authorities));

        File.WriteAllText(file, "");
        SetTime(file, 3);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["CN=First authority", "CN=Second authority"], Subjects(authorities));

        File.Copy(_second.AuthorityFile, file, overwrite: true);
        SetTime(file, 4);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["CN=Second authority"], Subjects(authorities));
    }

    private static IEnumerable<string> Subjects(ClientAuthorities authorities) => authorities.Current.Select(static authority => authority.Subject);

    private static void SetTime(string file, int hour) => File.SetLastWriteTimeUtc(file, new DateTime(2030, 1, 1, hour, 0, 0, DateTimeKind.Utc));
}
