using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Sqlite;

/// <summary>What is to be written: the orders first, then the sheets, which have all come after them or are not touched by them.</summary>
internal readonly record struct WriteBatch(IReadOnlyList<WriteOrder> Orders, IReadOnlyList<StoredSheet> Sheets)
{
    public bool IsEmpty => Orders.Count == 0 && Sheets.Count == 0;
}
