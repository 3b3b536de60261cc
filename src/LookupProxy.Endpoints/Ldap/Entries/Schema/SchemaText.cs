using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap;

namespace LookupProxy.Endpoints.Ldap.Entries.Schema;

/// <summary>
/// The subschema (RFC 4512 4.2) of recipients' entries, for browsers and client libraries that read it before anything else: Python's ldap3 asks for no attribute,
/// in filters too, that is not in it.
/// </summary>
internal sealed class SchemaText
{
    private const string DirectoryString = "1.3.6.1.4.1.1466.115.121.1.15";
    private const string Integer = "1.3.6.1.4.1.1466.115.121.1.27";
    private const string Name = "1.3.6.1.4.1.1466.115.121.1.12";

    /// <param name="layout">Of the entries, the operator's own attributes among them.</param>
    /// <param name="published">What directories publish besides.</param>
    public SchemaText(EntryLayout layout, IEnumerable<string> published)
    {
        var others = published.Where(name => layout.Find(name) is null && layout.MayLeave(name)).Distinct(StringComparer.OrdinalIgnoreCase).Select(static name => new EntryAttribute(name, "", null));
        ImmutableArray<EntryAttribute> all = [.. layout.Attributes, .. others];
        AttributeTypes = [.. all.Select(attribute => Describe(attribute, layout))];
        ObjectClasses = Classes(all);
    }

    public ImmutableArray<string> AttributeTypes { get; }

    public ImmutableArray<string> ObjectClasses { get; }

    public static ImmutableArray<string> Syntaxes { get; } =
        [$"( {DirectoryString} DESC 'Directory String' )", $"( {Integer} DESC 'INTEGER' )", $"( {Name} DESC 'DN' )"];

    public static ImmutableArray<string> MatchingRules { get; } =
    [
        $"( 2.5.13.1 NAME 'distinguishedNameMatch' SYNTAX {Name} )",
        $"( 2.5.13.2 NAME 'caseIgnoreMatch' SYNTAX {DirectoryString} )",
        $"( 2.5.13.3 NAME 'caseIgnoreOrderingMatch' SYNTAX {DirectoryString} )",
        "( 2.5.13.4 NAME 'caseIgnoreSubstringsMatch' SYNTAX 1.3.6.1.4.1.1466.115.121.1.58 )",
        $"( 2.5.13.14 NAME 'integerMatch' SYNTAX {Integer} )",
        $"( 2.5.13.15 NAME 'integerOrderingMatch' SYNTAX {Integer} )",
        $"( {Oids.BitAnd} NAME 'integerBitAndMatch' SYNTAX {Integer} )",
        $"( {Oids.BitOr} NAME 'integerBitOrMatch' SYNTAX {Integer} )",
    ];

    private static string Describe(EntryAttribute attribute, EntryLayout layout)
    {
        var others = string.Concat(layout.OtherNames(attribute.Name).Select(static name => $" '{name}'"));
        var text = new StringBuilder($"( {(attribute.Oid.Length > 0 ? attribute.Oid : OwnOids.OfName(attribute.Name))} NAME ");
        text.Append(others.Length > 0 ? $"( '{attribute.Name}'{others} )" : $"'{attribute.Name}'");
        text.Append(attribute.Syntax switch
        {
            ValueSyntax.Integer => $" EQUALITY integerMatch ORDERING integerOrderingMatch SYNTAX {Integer}",
            ValueSyntax.Name or ValueSyntax.Category => $" EQUALITY distinguishedNameMatch SYNTAX {Name}",
            _ => $" EQUALITY caseIgnoreMatch ORDERING caseIgnoreOrderingMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX {DirectoryString}",
        });
        if (attribute.IsSingle)
            text.Append(" SINGLE-VALUE");
        if (attribute.IsOperational)
            text.Append(" NO-USER-MODIFICATION USAGE directoryOperation");
        return text.Append(" )").ToString();
    }

    private static ImmutableArray<string> Classes(ImmutableArray<EntryAttribute> attributes)
    {
        var all = string.Join(" $ ", attributes.Where(static attribute => !attribute.IsOperational && attribute.Name != "objectClass").Select(static attribute => attribute.Name));
        return
        [
            "( 2.5.6.0 NAME 'top' ABSTRACT MUST objectClass )",
            Structural("2.5.6.6", "person", "top"),
            Structural("2.5.6.7", "organizationalPerson", "person"),
            Structural("1.2.840.113556.1.5.9", "user", "organizationalPerson"),
            Structural("2.16.840.1.113730.3.2.2", "inetOrgPerson", "user"),
            Structural("1.2.840.113556.1.5.15", "contact", "organizationalPerson"),
            Structural("1.2.840.113556.1.5.8", "group", "top"),
            Structural("2.5.6.9", "groupOfNames", "group"),
            Structural(OwnOids.Classes + "1", "publicFolder", "top"),
            Auxiliary("2.16.840.1.113730.3.2.147", "inetLocalMailRecipient"),
            Auxiliary(OwnOids.Classes + "2", "qmailUser"),
            Auxiliary(OwnOids.Classes + "3", "mailRecipient"),
            Auxiliary(OwnOids.Classes + "4", "zimbraAccount"),
            Auxiliary(OwnOids.Classes + "5", "zimbraDistributionList"),
            Auxiliary(OwnOids.Classes + "6", "mailAlias"),
            Auxiliary(OwnOids.Classes + "7", "mailGroup"),
            Auxiliary(OwnOids.Classes + "8", "mailDistributionList"),
        ];

        string Structural(string oid, string name, string above) => $"( {oid} NAME '{name}' SUP {above} STRUCTURAL MAY ( {all} ) )";

        string Auxiliary(string oid, string name) => $"( {oid} NAME '{name}' SUP top AUXILIARY MAY ( {all} ) )";
    }
}
