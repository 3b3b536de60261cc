using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Sqlite;

/// <summary>A sheet's key in its parts, so that a domain can be forgotten by its index.</summary>
internal readonly record struct StoredKey(string Namespace, string Local, string Domain)
{
    public static StoredKey Of(string key)
    {
        var name = key.IndexOf('\n');
        var at = Math.Max(key.LastIndexOf('@'), name);
        return new StoredKey(key[..Math.Max(name, 0)], key[(name + 1)..Math.Max(at, name + 1)], key[(at + 1)..]);
    }

    public static bool IsIn(FlushScope scope, string key) => scope switch
    {
        FlushScope.OfAddress { Address.Text: var text } => key.Length > text.Length && key[^(text.Length + 1)] == '\n' && key.EndsWith(text, StringComparison.Ordinal),
        FlushScope.OfDomain { Domain: var domain } => key.Length > domain.Length && key[^(domain.Length + 1)] == '@' && key.EndsWith(domain, StringComparison.Ordinal),
        _ => true,
    };
}
