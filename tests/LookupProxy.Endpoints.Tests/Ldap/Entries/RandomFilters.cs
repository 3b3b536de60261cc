using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

/// <summary>Filters of few attributes and values, so that many of their items hold.</summary>
internal sealed class RandomFilters(int seed)
{
    private static readonly string[] s_attributes =
        ["mail", "MAIL", "proxyAddresses", "objectClass", "uid", "cn", "userAccountControl", "memberOf", "displayName", "department", "noSuchThing", "mailAlias9", "otherMailbox"];

    private static readonly string[] s_values =
    [
        "anna@corp.example", "ANNA@corp.example", "smtp:anna@corp.example", "SMTP$anna@corp.example", "sip:anna@corp.example", "bob@corp.example",
        "smtp:a.schmidt@corp.example", "anna", "user", "person", "group", "512", "2", "514", "-1", "", " anna ", "cn=mail,dc=contoso,dc=example",
        "CN=Mail, DC=Contoso,DC=example", "Sales", "a", "@corp.example", "=", "x500:/o=x",
    ];

    private static readonly string?[] s_rules = [null, "1.2.840.113556.1.4.803", "1.2.840.113556.1.4.804", "1.2.840.113556.1.4.1941", "1.2.3"];

    private readonly Random _random = new(seed);

    public LdapFilter Next(int depth = 0)
    {
        var kind = _random.Next(depth >= 5 ? 3 : 0, 12);
        return kind switch
        {
            0 => new LdapFilter.And(List(depth)),
            1 => new LdapFilter.Or(List(depth)),
            2 => new LdapFilter.Not(Next(depth + 1)),
            3 or 4 or 5 or 6 => new LdapFilter.Equality(Pick(s_attributes), Value()),
            7 => new LdapFilter.Present(Pick(s_attributes)),
            8 => _random.Next(2) == 0 ? new LdapFilter.GreaterOrEqual(Pick(s_attributes), Value()) : new LdapFilter.LessOrEqual(Pick(s_attributes), Value()),
            9 => Substrings(),
            10 => Extensible(),
            _ => _random.Next(2) == 0 ? new LdapFilter.Approximate(Pick(s_attributes), Value()) : new LdapFilter.Undefined(0xAB),
        };
    }

    /// <summary>Values that are anything at all.</summary>
    public ReadOnlyMemory<byte> Octets()
    {
        var octets = new byte[_random.Next(40)];
        _random.NextBytes(octets);
        return octets;
    }

    private LdapFilter.Extensible Extensible()
    {
        var rule = Pick(s_rules);
        // Without a rule it is an equality, which has its own tests.
        return new LdapFilter.Extensible(rule ?? "9.9", _random.Next(5) == 0 ? null : Pick(s_attributes), Value(), DnAttributes: false);
    }

    private LdapFilter.Substrings Substrings()
    {
        string[] pieces = ["a", "n", "corp", "SMTP:", "example", "@", "u"];
        ReadOnlyMemory<byte>? initial = _random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Pick(pieces)) : null;
        ReadOnlyMemory<byte>? final = _random.Next(2) == 0 ? Encoding.UTF8.GetBytes(Pick(pieces)) : null;
        var any = Enumerable.Range(0, _random.Next(3)).Select(_ => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Pick(pieces)));
        return new LdapFilter.Substrings(Pick(s_attributes), initial, [.. any], final);
    }

    private ImmutableArray<LdapFilter> List(int depth) => [.. Enumerable.Range(0, _random.Next(4)).Select(_ => Next(depth + 1))];

    private ReadOnlyMemory<byte> Value() => Encoding.UTF8.GetBytes(Pick(s_values));

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
