using System.Text;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Tests.Support;

/// <summary>At least one message of every operation, with every optional part.</summary>
internal static class Samples
{
    private static readonly LdapResult s_result = new(ResultCode.Referral, "dc=example", "go on") { Referral = ["ldap://a.example/dc=x", "ldap://b.example/dc=x"] };

    public static LdapFilter EveryFilter { get; } = new LdapFilter.And([
        new LdapFilter.Or([new LdapFilter.Equality("mail", Octets("a@example")), new LdapFilter.Approximate("cn", Octets("anna"))]),
        new LdapFilter.Not(new LdapFilter.Present("mail")),
        new LdapFilter.GreaterOrEqual("uSNChanged", Octets("1")),
        new LdapFilter.LessOrEqual("uSNChanged", Octets("2")),
        new LdapFilter.Substrings("cn", Octets("a"), [Octets("b"), Octets("c")], Octets("d")),
        new LdapFilter.Substrings("cn", null, [Octets("b")], null),
        new LdapFilter.Extensible(Oids.BitAnd, "userAccountControl", Octets("2"), false),
        new LdapFilter.Extensible(null, "ou", Octets("x"), true),
        new LdapFilter.And([]),
        new LdapFilter.Or([]),
        new LdapFilter.Undefined(0xAA),
    ]);

    public static IReadOnlyList<LdapMessage> All { get; } =
    [
        new(1, new BindRequest(3, "cn=a", new BindAuthentication.Simple(Octets("geheim")))),
        new(2, new BindRequest(3, "", new BindAuthentication.Sasl("EXTERNAL"))),
        new(3, new BindRequest(3, "", new BindAuthentication.Sasl("PLAIN", Octets("\0a\0b")))),
        new(4, new BindRequest(3, "", new BindAuthentication.Unsupported(0x8A))),
        new(5, new BindResponse(new LdapResult(ResultCode.Success))),
        new(6, new BindResponse(s_result, Octets("rspauth=1"))),
        new(7, new UnbindRequest()),
        new(8, Search(EveryFilter)),
        new(9, Search(new LdapFilter.Present("objectClass"))) { Controls = [LdapControls.DomainScope(), new LdapControl("1.2.3", true, Octets("v"))] },
        new(10, new SearchResultEntry("cn=a,dc=example", [
            new LdapAttribute("mail", [Octets("a@example"), Octets("")]),
            new LdapAttribute("jpegPhoto;binary", [new byte[300]]),
            new LdapAttribute("cn", [])])),
        new(11, new SearchResultReference(["ldap://a.example/", "ldap://b.example/"])),
        new(12, new SearchResultDone(new LdapResult(ResultCode.Success))),
        new(13, new SearchResultDone(s_result)) { Controls = [new PagedResults(0, Octets("cookie")).ToControl(critical: false)] },
        new(14, new ExtendedRequest(Oids.StartTls)),
        new(15, new ExtendedRequest(Oids.Cancel, Octets("x"))),
        new(0, new ExtendedResponse(new LdapResult(ResultCode.Unavailable, "", "closing"), Oids.NoticeOfDisconnection)),
        new(16, new ExtendedResponse(s_result, null, Octets("x"))),
        new(17, new IntermediateResponse(Oids.SyncInfo, Octets("x"))),
        new(18, new IntermediateResponse(null, null)),
        new(19, new AbandonRequest(300)),
        new(20, new WriteResponse(WriteKind.Modify, s_result)),
        new(21, new WriteResponse(WriteKind.Add, s_result)),
        new(22, new WriteResponse(WriteKind.Delete, s_result)),
        new(23, new WriteResponse(WriteKind.ModifyDn, s_result)),
        new(24, new WriteResponse(WriteKind.Compare, new LdapResult(ResultCode.CompareTrue))),
        new(int.MaxValue, new UnknownOperation(0x7A)),
    ];

    public static TheoryData<int> Indexes { get; } = new(Enumerable.Range(0, All.Count));

    public static SearchRequest Search(LdapFilter filter) => new("dc=example", SearchScope.WholeSubtree, filter)
    {
        Dereference = DereferenceAliases.Always,
        SizeLimit = 300,
        TimeLimit = 70000,
        TypesOnly = true,
        Attributes = ["mail", "1.1"],
    };

    public static ReadOnlyMemory<byte> Octets(string text) => Encoding.UTF8.GetBytes(text);
}
