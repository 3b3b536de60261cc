using LookupProxy.Core.Addresses;
using LookupProxy.Core.Packing;
using LookupProxy.Directories.File.Reading;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>Gathers what a reader finds, recipient by recipient; throws <see cref="RecipientFileException"/> when a limit is passed.</summary>
internal sealed class RecipientSetBuilder(FileDirectoryOptions options)
{
    private readonly RecipientTableBuilder _table = new(ignoreCase: !options.CaseSensitive, distinct: true);
    private bool _hasCatchAll;
    private int _skipped;
    private string? _firstSkipped;

    public void Begin(RecipientDetails details) => _table.Begin(details);

    /// <summary>One more address of the recipient that has begun.</summary>
    public void Add(Address address) => Add(AddressKey.AsWritten(address, options.CaseSensitive));

    /// <param name="domain">Every local part of it exists.</param>
    public void AddCatchAll(string domain)
    {
        _hasCatchAll = true;
        Add("@" + domain);
    }

    public void End()
    {
        if (!_table.TryEnd() || _table.Addresses > options.Limits.MaxAddresses)
            throw Full();
    }

    public void Skip(int line, string value)
    {
        _skipped++;
        _firstSkipped ??= $"line {line}: {value}";
    }

    public RecipientSet Build() => new(_table.Build(), options, _hasCatchAll)
    {
        Skipped = _skipped,
        FirstSkipped = _firstSkipped,
    };

    private void Add(string key)
    {
        if (!_table.TryAdd(AddressKey.Octets(key, stackalloc byte[AddressKey.MaxLength])))
            throw Full();
    }

    private RecipientFileException Full() => new(null, $"has over {options.Limits.MaxAddresses} addresses or 4 GiB of text");
}
