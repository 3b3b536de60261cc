using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Reading;

/// <summary>
/// Columns by the header's names, without regard to case and order: address, kind, primary, and published attributes; others are passed over.
/// Separated by commas, or by semicolons when the header is. A row whose address cannot be read is a fault, as is one with too few fields.
/// </summary>
internal sealed class CsvReader
{
    private const string AddressColumn = "address", KindColumn = "kind", PrimaryColumn = "primary";

    private readonly CsvRows _rows;
    private readonly RecipientSetBuilder _set;
    private readonly int _columns;
    private readonly int _address;
    private readonly int _kind;
    private readonly int _primary;
    private readonly List<(int Column, int Attribute)> _published = [];

    private CsvReader(CsvRows rows, RecipientSetBuilder set, FileDirectoryOptions options)
    {
        _rows = rows;
        _set = set;
        var header = ReadHeader(rows);
        _columns = header.Count;
        _address = header.IndexOf(AddressColumn);
        _kind = header.IndexOf(KindColumn);
        _primary = header.IndexOf(PrimaryColumn);
        if (_address < 0)
            throw new RecipientFileException(rows.Line, $"the header has no column \"{AddressColumn}\"; it has {string.Join(", ", header)}");
        for (var attribute = 0; attribute < options.PublishedAttributes.Length; attribute++)
        {
            var column = header.IndexOf(options.PublishedAttributes[attribute].ToLowerInvariant());
            if (column >= 0)
                _published.Add((column, attribute));
        }
    }

    public static void Read(LineReader lines, RecipientSetBuilder set, FileDirectoryOptions options)
    {
        var rows = new CsvRows(lines, options.Limits.MaxLine);
        var reader = new CsvReader(rows, set, options);
        while (rows.TryRead(out var fields))
            reader.Add(fields);
    }

    private static List<string> ReadHeader(CsvRows rows)
    {
        string text;
        do
        {
            if (!rows.TryReadText(out text))
                throw new RecipientFileException(null, "is empty: a header line is missing");
        }
        // Export-Csv of Windows PowerShell puts its #TYPE line first.
        while (text.StartsWith('#'));

        if (text.Contains(';') && !text.Contains(','))
            rows.Separator = ';';
        return [.. rows.Split(text).Select(static name => name.Trim().ToLowerInvariant())];
    }

    private void Add(IReadOnlyList<string> fields)
    {
        if (fields.Count != _columns)
            throw new RecipientFileException(_rows.Line, $"has {fields.Count} fields where the header has {_columns}");
        _set.Begin(new RecipientDetails
        {
            Kind = Kind(fields),
            PrimaryAddress = _primary >= 0 && fields[_primary].Length > 0 ? fields[_primary] : null,
            Attributes = [.. _published.Where(pair => fields[pair.Column].Length > 0).Select(pair => (pair.Attribute, fields[pair.Column]))],
        });
        var address = Encoding.UTF8.GetBytes(fields[_address]);
        var fault = AddressEntry.TryAdd(_set, address, AddressSyntax.Mailbox);
        if (fault != AddressFault.None)
            throw new RecipientFileException(_rows.Line, AddressEntry.Describe(fault, address));
        _set.End();
    }

    private RecipientKind Kind(IReadOnlyList<string> fields)
    {
        if (_kind < 0 || fields[_kind].Length == 0)
            return RecipientKind.Mailbox;
        return KindNames.TryRead(fields[_kind], out var kind)
            ? kind
            : throw new RecipientFileException(_rows.Line, $"kind \"{fields[_kind]}\" is none of {KindNames.Allowed}");
    }
}
