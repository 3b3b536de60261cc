using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Directories.Ldap.Entries;

internal sealed class AttributeNames : IEqualityComparer<string>
{
    /// <summary>
    /// As StringComparer.OrdinalIgnoreCase, which a frozen dictionary knows, so that it studies its keys for a while to find fewer of them faster:
    /// not worth it for the few attributes of one entry.
    /// </summary>
    public static AttributeNames IgnoreCase { get; } = new();

    private AttributeNames()
    {
    }

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase);

    public int GetHashCode([DisallowNull] string obj) => obj.GetHashCode(StringComparison.OrdinalIgnoreCase);
}
