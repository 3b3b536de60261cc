using System.Buffers;
using System.Globalization;
using System.Text;

namespace LookupProxy.SystemTests.Agreement;

/// <summary>Two directories of a few thousand recipients each, and ten thousand questions about them, all from one seed.</summary>
internal sealed class Population
{
    public const string International = "xn--mnchen-3ya.example";

    private const int PerDirectory = 3000;

    private static readonly string[] First = ["anna", "bob", "carla", "dirk", "eva", "frank", "greta", "hugo", "ines", "jon", "kim", "lena"];

    private static readonly string[] Last = ["abel", "berg", "conti", "dahl", "engel", "fuchs", "graf", "horn", "iversen", "jung", "klein", "lang"];

    /// <summary>Around a number. Those of RFC 5321's atoms, and those that need quotes; most have a meaning in a filter, a DN or a URL.</summary>
    private static readonly string[] Odd =
        ["st*r", "o'neil", "a/b", "p#q", "r=s", "t&u", "v|w", "x~y^", "1%20", "d$", "q?", "{c}", "`t`", "!not", "-x_", "p(q)r", "back\\slash", "two words", "com,ma", "semi;colon", "x<a>", "quo\"te", "co:lon"];

    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create("()<>[]:;@\\,\" ");

    private static readonly SearchValues<char> IsOdd = SearchValues.Create("*'/#=&|~%$?{`!_()\\ ,;<\":");

    private readonly Random _random;
    private readonly List<(string Local, string Domain)> _all = [];
    private readonly HashSet<string> _existing = new(StringComparer.OrdinalIgnoreCase);

    public Population(int seed)
    {
        _random = new Random(seed);
        Contoso = Make("contoso");
        Fabrikam = Make("fabrikam");
    }

    /// <summary>LDIF of the entries below ou=people.</summary>
    public string Contoso { get; }

    public string Fabrikam { get; }

    public Question[] Ask(int count)
    {
        var questions = new Question[count];
        for (var i = 0; i < count; i++)
        {
            questions[i] = (i % 20) switch
            {
                < 9 => Existing("valid, alias or group", static local => local),
                9 or 10 => Existing("mixed case", Mixed),
                11 => Existing("delimiter", local => $"{local}+{Pick(Last)}"),
                12 => InternationalForm(),
                13 => OddOne(),
                14 => Nobody("delimiter", $"nobody{i}+{Pick(First)}"),
                15 => new Question($"user{i}@elsewhere.example", $"user{i}@elsewhere.example", Truth.NotOurs, "elsewhere"),
                16 => Undecided(i),
                17 => i % 40 == 17 ? NoAddress(i) : Loose(i),
                _ => Nobody("invalid", $"{Pick(First)}.{Pick(Last)}.{i}x"),
            };
        }

        return questions;
    }

    /// <summary>Every entry has an address and an alias; one in twenty is a group; one in fifty has what must be escaped in both.</summary>
    private string Make(string name)
    {
        var ldif = new StringBuilder();
        var suffix = $"ou=people,dc={name},dc=example";
        for (var i = 0; i < PerDirectory; i++)
        {
            var local = i % 50 == 0 ? Odd[i / 50 % Odd.Length] + name + i.ToString(CultureInfo.InvariantCulture) : $"{Pick(First)}.{Pick(Last)}{i}{name[0]}";
            // A tenth is of the international domain, and some of each domain that a directory which is away shares.
            var domain = (i % 10) switch { 1 => International, 2 when name == "contoso" => "dark.example", _ => "corp.example" };
            var alias = $"a.{local}";
            Add(local, domain);
            Add(alias, domain);
            ldif.Append(CultureInfo.InvariantCulture, $"dn: uid={name}{i},{suffix}\nuid: {name}{i}\nobjectClass: inetLocalMailRecipient\n");
            if (i % 20 == 7)
                ldif.Append(CultureInfo.InvariantCulture, $"objectClass: groupOfNames\nobjectClass: uidObject\ncn: {name}{i}\nmember: {suffix}\nmailLocalAddress: {local}@{domain}\n");
            else
                ldif.Append(CultureInfo.InvariantCulture, $"objectClass: inetOrgPerson\ncn: {name}{i}\nsn: {i}\nmail: {local}@{domain}\n");
            ldif.Append(CultureInfo.InvariantCulture, $"mailLocalAddress: {alias}@{domain}\n\n");
        }

        return ldif.ToString();
    }

    private void Add(string local, string domain)
    {
        _all.Add((local, domain));
        _existing.Add($"{local}@{domain}");
    }

    private Question Existing(string kind, Func<string, string> change)
    {
        var (local, domain) = Pick(_all);
        // A delimiter is set for two of the domains only.
        return Of(change(local), domain, domain == "dark.example" && kind == "delimiter" ? Truth.CannotBeTold : Truth.Exists, kind);
    }

    private Question Nobody(string kind, string local)
    {
        Assert.DoesNotContain($"{local}@corp.example", _existing);
        return Of(local, "corp.example", Truth.Nobody, kind);
    }

    /// <summary>As U-label, in upper case, or as A-label.</summary>
    private Question InternationalForm()
    {
        var exists = _random.Next(2) == 0;
        var local = exists ? Pick(_all.Where(static address => address.Domain == International)).Local : $"{Pick(First)}.niemand{_random.Next(1000)}";
        var domain = Pick(["münchen.example", "MÜNCHEN.Example", International, International.ToUpperInvariant()]);
        return Of(local, domain, exists ? Truth.Exists : Truth.Nobody, "international");
    }

    private Question OddOne()
    {
        var exists = _random.Next(2) == 0;
        var (local, domain) = exists ? Pick(_all.Where(static address => address.Local.AsSpan().ContainsAny(IsOdd))) : (Pick(Odd) + _random.Next(1000), "corp.example");
        if (_random.Next(8) == 0)
            (exists, local, domain) = (false, Pick(["jörg", "用户", "ñandú"]) + _random.Next(1000), "corp.example");
        return Of(local, domain, exists ? Truth.Exists : Truth.Nobody, "odd");
    }

    private Question Undecided(int number) => Of($"{Pick(First)}.dark{number}", "dark.example", Truth.CannotBeTold, "directory away");

    private Question NoAddress(int number)
    {
        var text = Pick([$"{new string('x', 245)}{number}@corp.example", $"a{number}@-corp-.example", $"a{number}@corp..example", $"a{number}@", $"a{number}@corp_example.{new string('x', 64)}"]);
        return new Question(text, text, Truth.NoAddress, "no address");
    }

    /// <summary>Which RFC 5321 does not allow without quotes, and senders write all the same.</summary>
    private Question Loose(int number)
    {
        var text = Pick([$"a..b{number}@corp.example", $".a{number}@corp.example", $"a{number}.@corp.example"]);
        return new Question(text, text, Truth.Nobody, "loose syntax");
    }

    /// <summary>Without quotes, what stands before a colon is taken for the kind of address (X500:), and the search refused.</summary>
    private static Question Of(string local, string domain, Truth truth, string kind) =>
        new($"{Quoted(local)}@{domain}", $"{(local.Contains(':', StringComparison.Ordinal) ? Quoted(local) : local)}@{domain}", truth, kind);

    private static string Quoted(string local) => local.AsSpan().ContainsAny(NeedsQuotes)
        ? $"\"{local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : local;

    private string Mixed(string local) => string.Concat(local.Select(letter => _random.Next(2) == 0 ? char.ToUpperInvariant(letter) : letter));

    private T Pick<T>(IEnumerable<T> among)
    {
        var list = among as IReadOnlyList<T> ?? [.. among];
        return list[_random.Next(list.Count)];
    }
}
