using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Sections;

namespace LookupProxy.Host.Configuration.Values;

internal sealed class DirectoryTypes : ScalarReader<DirectoryType>
{
    public static readonly DirectoryTypes Any = new();

    public override string Allowed => "ldap | file";

    protected override string? Parse(string text, ReadScope scope, out DirectoryType value)
    {
        value = text switch
        {
            "ldap" => DirectoryType.Ldap,
            "file" => DirectoryType.File,
            _ => DirectoryType.Unsaid,
        };
        return value != DirectoryType.Unsaid ? null : text is "smtp" or "sql" or "http" ? "not in this version" : "no such type";
    }

    protected override string? Suggest(string text) => Misspelling.Nearest(text, ["ldap", "file"]);
}
