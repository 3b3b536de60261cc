using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Tests.Support;

/// <summary>Any message that can be sent: lengths about the steps of BER's length octets, text of all planes, optional parts there or not.</summary>
internal static class Generate
{
    /// <summary>The same cases in every run.</summary>
    public static Config Config { get; } = Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20_111, 4_511);

    public static Gen<int> Length { get; } = Gen.Frequency((100, Gen.Choose(0, 12)), (10, Gen.Choose(125, 130)), (5, Gen.Choose(250, 260)), (1, Gen.Choose(65_530, 65_540)));

    public static Gen<ReadOnlyMemory<byte>> Octets { get; } =
        from length in Length
        from seed in Gen.Choose(0, int.MaxValue)
        select Fill(length, seed);

    public static Gen<string> Text { get; } =
        from length in Gen.Frequency((20, Gen.Choose(0, 12)), (1, Gen.Choose(100, 300)))
        from runes in Gen.ArrayOf(Gen.Elements("ab Z09=,+*()\\#\0\n\"üłжа文\u00A0\u2028".EnumerateRunes().Append(new Rune(0x1F600)).ToArray()), length)
        select string.Concat(runes);

    public static Gen<string> Attribute { get; } = Gen.Elements("mail", "cn;lang-de", "proxyAddresses", "2.5.4.3", "a", "userAccountControl", "x-y_z");

    public static Gen<LdapFilter> Filter { get; } = Gen.Sized(size => FilterOf(Math.Min(size / 10, 5)));

    public static Gen<LdapResult> Result { get; } =
        from code in Gen.Frequency((3, Gen.Elements(Enum.GetValues<ResultCode>())), (1, Gen.Choose(-1, int.MaxValue).Select(code => (ResultCode)code)))
        from matched in Text
        from diagnostic in Text
        from referral in Few(Text)
        select new LdapResult(code, matched, diagnostic) { Referral = referral };

    public static Gen<LdapMessage> Message { get; } =
        from id in Gen.Frequency((3, Gen.Choose(0, 300)), (1, Gen.Choose(0, int.MaxValue)))
        from operation in Operation()
        from controls in Few(Control())
        select new LdapMessage(id, operation) { Controls = controls };

    private static Gen<LdapOperation> Operation() => Gen.OneOf(
        As(from version in Gen.Choose(1, 127) from name in Text from authentication in Authentication() select new BindRequest(version, name, authentication)),
        As(from result in Result from credentials in Maybe(Octets) select new BindResponse(result, credentials)),
        Gen.Constant<LdapOperation>(new UnbindRequest()),
        As(Search()),
        As(from name in Text from attributes in Few(Attributes()) select new SearchResultEntry(name, attributes)),
        As(from uris in Few(Text) select new SearchResultReference(uris)),
        As(from result in Result select new SearchResultDone(result)),
        As(from oid in Text from value in Maybe(Octets) select new ExtendedRequest(oid, value)),
        As(from result in Result from oid in Text.OrNull() from value in Maybe(Octets) select new ExtendedResponse(result, oid, value)),
        As(from oid in Text.OrNull() from value in Maybe(Octets) select new IntermediateResponse(oid, value)),
        As(from id in Gen.Choose(0, int.MaxValue) select new AbandonRequest(id)),
        As(from kind in Gen.Elements(Enum.GetValues<WriteKind>()) from result in Result select new WriteResponse(kind, result)),
        As(from tag in Gen.Elements<byte>(0x40, 0x5E, 0x62, 0x6A, 0x7A, 0x7E) select new UnknownOperation(tag)));

    private static Gen<SearchRequest> Search() =>
        from name in Text
        from scope in Gen.Choose(0, 3)
        from dereference in Gen.Choose(0, 4)
        from sizeLimit in Gen.Elements(0, 1, 127, 128, 255, 256, 32_767, 32_768, int.MaxValue)
        from timeLimit in Gen.Choose(0, 100_000)
        from typesOnly in Gen.Elements(true, false)
        from filter in Filter
        from attributes in Few(Attribute)
        select new SearchRequest(name, (SearchScope)scope, filter)
        {
            Dereference = (DereferenceAliases)dereference,
            SizeLimit = sizeLimit,
            TimeLimit = timeLimit,
            TypesOnly = typesOnly,
            Attributes = attributes,
        };

    private static Gen<BindAuthentication> Authentication() => Gen.OneOf(
        Octets.Select(password => (BindAuthentication)new BindAuthentication.Simple(password)),
        from mechanism in Text from credentials in Maybe(Octets) select (BindAuthentication)new BindAuthentication.Sasl(mechanism, credentials),
        Gen.Elements<byte>(0x81, 0x8A, 0xA9).Select(tag => (BindAuthentication)new BindAuthentication.Unsupported(tag)));

    private static Gen<LdapAttribute> Attributes() => from description in Attribute from values in Few(Octets) select new LdapAttribute(description, values);

    private static Gen<LdapControl> Control() =>
        from oid in Text from critical in Gen.Elements(true, false) from value in Maybe(Octets) select new LdapControl(oid, critical, value);

    private static Gen<LdapFilter> FilterOf(int depth)
    {
        var item = Gen.OneOf(
            Item((attribute, value) => new LdapFilter.Equality(attribute, value)),
            Item((attribute, value) => new LdapFilter.GreaterOrEqual(attribute, value)),
            Item((attribute, value) => new LdapFilter.LessOrEqual(attribute, value)),
            Item((attribute, value) => new LdapFilter.Approximate(attribute, value)),
            Attribute.Select(attribute => (LdapFilter)new LdapFilter.Present(attribute)),
            from attribute in Attribute
            from initial in Maybe(Piece)
            from any in Few(Piece)
            from final in initial is null && any.IsEmpty ? Piece.Select(piece => (ReadOnlyMemory<byte>?)piece) : Maybe(Piece)
            select (LdapFilter)new LdapFilter.Substrings(attribute, initial, any, final),
            from rule in Gen.Elements("caseExactMatch", "1.2.840.113556.1.4.803")
            from attribute in Attribute.OrNull()
            from value in Octets
            from dn in Gen.Elements(true, false)
            select (LdapFilter)new LdapFilter.Extensible(rule, attribute, value, dn));
        if (depth == 0)
            return item;
        var operand = Gen.Frequency((2, item), (1, FilterOf(depth - 1)));
        return Gen.OneOf(
            item,
            Few(operand).Select(operands => (LdapFilter)new LdapFilter.And(operands)),
            Few(operand).Select(operands => (LdapFilter)new LdapFilter.Or(operands)),
            operand.Select(one => (LdapFilter)new LdapFilter.Not(one)));
    }

    private static Gen<ReadOnlyMemory<byte>> Piece { get; } = Octets.Where(octets => octets.Length > 0);

    private static Gen<LdapFilter> Item(Func<string, ReadOnlyMemory<byte>, LdapFilter> create) => from attribute in Attribute from value in Octets select create(attribute, value);

    private static Gen<LdapOperation> As<T>(Gen<T> operations)
        where T : LdapOperation => operations.Select(operation => (LdapOperation)operation);

    private static Gen<ImmutableArray<T>> Few<T>(Gen<T> items) => from count in Gen.Choose(0, 3) from some in Gen.ArrayOf(items, count) select some.ToImmutableArray();

    private static Gen<ReadOnlyMemory<byte>?> Maybe(Gen<ReadOnlyMemory<byte>> octets) =>
        Gen.Frequency((2, octets.Select(some => (ReadOnlyMemory<byte>?)some)), (1, Gen.Constant<ReadOnlyMemory<byte>?>(null)));

    private static ReadOnlyMemory<byte> Fill(int length, int seed)
    {
        var octets = new byte[length];
        new Random(seed).NextBytes(octets);
        return octets;
    }
}
