using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Directories.Tests.Ldap.Answers;

public class BaseProbeTests
{
    private static readonly SearchResultEntry Entry = ScriptedEntry.Create(Directory.Base);

    [Fact]
    public void Success_with_the_entry_is_good() => Assert.Null(BaseProbe.Read(Outcome.Of(ResultCode.Success, Entry), Directory.Base));

    [Fact]
    public void Success_without_the_entry_is_not() =>
        Assert.Equal(UnknownReason.BaseNotFound, BaseProbe.Read(Outcome.Of(ResultCode.Success), Directory.Base)!.Reason);

    [Fact]
    public void No_other_end_is_good()
    {
        for (var code = 1; code <= 123; code++)
            Assert.NotNull(BaseProbe.Read(Outcome.Of((ResultCode)code, Entry), Directory.Base));
        Assert.Equal(UnknownReason.Unreachable, BaseProbe.Read(Outcome.Of(LdapFaultKind.Unreachable), Directory.Base)!.Reason);
        Assert.NotNull(BaseProbe.Read(new(), Directory.Base));
    }
}
