using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Tests.Ldap.Answers;

public class FaultReasonsTests
{
    [Theory]
    [InlineData(LdapFaultKind.Unreachable, null, UnknownReason.Unreachable)]
    [InlineData(LdapFaultKind.ConnectionLost, null, UnknownReason.ConnectionLost)]
    [InlineData(LdapFaultKind.ConnectionLost, ResultCode.Unavailable, UnknownReason.Unavailable)]
    [InlineData(LdapFaultKind.ConnectionLost, ResultCode.StrongerAuthRequired, UnknownReason.ConnectionLost)]
    [InlineData(LdapFaultKind.ConnectTimeout, null, UnknownReason.Timeout)]
    [InlineData(LdapFaultKind.TlsFailed, null, UnknownReason.TlsFailed)]
    [InlineData(LdapFaultKind.BindRefused, ResultCode.InvalidCredentials, UnknownReason.BindRefused)]
    [InlineData(LdapFaultKind.BindRefused, ResultCode.Busy, UnknownReason.Busy)]
    [InlineData(LdapFaultKind.BindRefused, ResultCode.Unavailable, UnknownReason.Unavailable)]
    [InlineData(LdapFaultKind.ProtocolError, null, UnknownReason.ProtocolError)]
    [InlineData(LdapFaultKind.Silence, null, UnknownReason.Timeout)]
    [InlineData(LdapFaultKind.Overloaded, null, UnknownReason.Overloaded)]
    public void A_fault_has_its_reason(LdapFaultKind kind, ResultCode? code, UnknownReason reason) =>
        Assert.Equal(reason, FaultReasons.Of(new(kind, "", code)));

    [Fact]
    public void No_fault_is_a_fault_of_our_own()
    {
        foreach (var kind in Enum.GetValues<LdapFaultKind>())
            Assert.NotEqual(UnknownReason.InternalError, FaultReasons.Of(new(kind, "")));
    }
}
