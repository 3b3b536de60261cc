using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Tests.Connections;

public class PeerTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\r\nlines\0\u001b[31m", "two  lines  [31m")]
    [InlineData("", "")]
    public void Control_characters_stay_out_of_logs(string text, string printable) => Assert.Equal(printable, PeerText.Printable(text));

    [Fact]
    public void Long_text_is_cut() => Assert.Equal(new string('x', 256) + "…", PeerText.Printable(new string('x', 100_000)));

    [Theory]
    [InlineData(ResultCode.InvalidCredentials, "no", "invalidCredentials (49): no")]
    [InlineData(ResultCode.Busy, "", "busy (51)")]
    [InlineData((ResultCode)4096, "odd", "result (4096): odd")]
    [InlineData(
        ResultCode.InvalidCredentials,
        "80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 532, v4563\0",
        "invalidCredentials (49): 80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 532, v4563 (the password has expired)")]
    [InlineData(ResultCode.InvalidCredentials, "AcceptSecurityContext error, data 775", "invalidCredentials (49): AcceptSecurityContext error, data 775 (the account is locked)")]
    [InlineData(ResultCode.InvalidCredentials, "AcceptSecurityContext error, data 7", "invalidCredentials (49): AcceptSecurityContext error, data 7")]
    public void A_result_is_described_by_name_code_and_words(ResultCode code, string words, string expected) =>
        Assert.Equal(expected, Responses.Describe(new LdapResult(code, DiagnosticMessage: words)));
}
