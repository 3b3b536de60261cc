namespace LookupProxy.Storage.Redis.Sheets;

/// <summary>The parts of the resolver's key of a sheet: namespace, line feed, address.</summary>
internal readonly record struct SheetName(string Namespace, string Address)
{
    public string Domain => Address[(Address.LastIndexOf('@') + 1)..];

    public static SheetName Parse(string key)
    {
        var end = key.IndexOf('\n', StringComparison.Ordinal);
        return new SheetName(key[..Math.Max(end, 0)], key[(end + 1)..]);
    }
}
