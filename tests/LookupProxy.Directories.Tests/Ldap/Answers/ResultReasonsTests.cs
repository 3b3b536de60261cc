using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Tests.Ldap.Answers;

public class ResultReasonsTests
{
    [Fact]
    public void Success_alone_has_no_reason()
    {
        for (var code = -1; code <= 5000; code++)
            Assert.Equal(code == 0, ResultReasons.Of((ResultCode)code) is null);
    }

    [Theory]
    [InlineData(ResultCode.TimeLimitExceeded, UnknownReason.TimeLimit)]
    [InlineData(ResultCode.SizeLimitExceeded, UnknownReason.SizeLimit)]
    [InlineData(ResultCode.AdminLimitExceeded, UnknownReason.SizeLimit)]
    [InlineData(ResultCode.Referral, UnknownReason.Referral)]
    [InlineData(ResultCode.NoSuchObject, UnknownReason.BaseNotFound)]
    [InlineData(ResultCode.InvalidDNSyntax, UnknownReason.BaseNotFound)]
    [InlineData(ResultCode.InvalidCredentials, UnknownReason.BindRefused)]
    [InlineData(ResultCode.StrongerAuthRequired, UnknownReason.BindRefused)]
    [InlineData(ResultCode.ConfidentialityRequired, UnknownReason.BindRefused)]
    [InlineData(ResultCode.InsufficientAccessRights, UnknownReason.AccessRefused)]
    [InlineData(ResultCode.Busy, UnknownReason.Busy)]
    [InlineData(ResultCode.Unavailable, UnknownReason.Unavailable)]
    [InlineData(ResultCode.OperationsError, UnknownReason.ServerError)]
    [InlineData((ResultCode)9, UnknownReason.ServerError)]
    [InlineData((ResultCode)94, UnknownReason.ServerError)] // "no results returned" of some client libraries and proxies: still no absence
    public void A_result_code_has_its_reason(ResultCode code, UnknownReason reason) => Assert.Equal(reason, ResultReasons.Of(code));
}
