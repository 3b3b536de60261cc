using System.Buffers;
using LookupProxy.Core.Addresses;
using LookupProxy.Directories.File.Reading;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>Gathers what a reader finds; throws <see cref="RecipientFileException"/> when a limit is passed.</summary>
internal sealed class RecipientSetBuilder(FileDirectoryOptions options)
{
    private readonly PageHeap _heap = new();
    private readonly Dictionary<FileRecord, uint> _plain = [];
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private AddressTable? _addresses;
    private bool _hasCatchAll;
    private int _skipped;
    private string? _firstSkipped;

    private AddressTable Addresses => _addresses ??= new AddressTable(_heap);

    /// <returns>What to pass to Add for each of its addresses.</returns>
    public uint AddRecord(FileRecord record)
    {
        var plain = record is { PrimaryAddress: null, DistinguishedName: null, Attributes: [] };
        if (plain && _plain.TryGetValue(record, out var location))
            return location;
        _scratch.ResetWrittenCount();
        RecordCodec.Write(record, _scratch);
        if (!_heap.TryAdd(_scratch.WrittenSpan, out location))
            throw Full();
        if (plain)
            _plain.Add(record, location);
        return location;
    }

    public void Add(Address address, uint record) => Add(AddressKey.Of(address, options.CaseSensitive), record);

    /// <param name="domain">Every local part of it exists.</param>
    public void AddCatchAll(string domain, uint record)
    {
        _hasCatchAll = true;
        Add("@" + domain, record);
    }

    public void Skip(int line, string value)
    {
        _skipped++;
        _firstSkipped ??= $"line {line}: {value}";
    }

    public RecipientSet Build() =>
        new(Addresses, _heap, new RecordCodec(options.Name, options.PublishedAttributes), options.CaseSensitive, _hasCatchAll)
        {
            Skipped = _skipped,
            FirstSkipped = _firstSkipped,
        };

    private void Add(string key, uint record)
    {
        if (Addresses.Count >= options.Limits.MaxAddresses || !Addresses.TryAdd(key, record))
            throw Full();
    }

    private RecipientFileException Full() => new(null, $"has over {options.Limits.MaxAddresses} addresses or 4 GiB of text");
}
