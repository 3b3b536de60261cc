using System.Buffers;
using System.Text;

namespace LookupProxy.Directories.File.Reading;

/// <summary>RFC 4180 rows: fields in quotes may hold separators, doubled quotes and line breaks.</summary>
internal sealed class CsvRows(LineReader lines, int maxLine)
{
    private readonly List<string> _fields = [];
    private readonly ArrayBufferWriter<byte> _joined = new();
    private readonly StringBuilder _field = new();

    /// <summary>Of the row last read: the line that it begins on.</summary>
    public int Line { get; private set; }

    /// <summary>A comma unless the reader of the header says otherwise.</summary>
    public char Separator { get; set; } = ',';

    /// <param name="fields">Good until the next call. Empty lines are passed over.</param>
    public bool TryRead(out IReadOnlyList<string> fields)
    {
        fields = TryReadText(out var text) ? Split(text) : [];
        return fields.Count > 0;
    }

    /// <summary>One row as text, its quotes balanced.</summary>
    public bool TryReadText(out string text)
    {
        text = "";
        ReadOnlySpan<byte> row;
        do
        {
            if (!lines.TryRead(out row))
                return false;
        }
        while (row.TrimAscii().IsEmpty);

        Line = lines.Number;
        if (row.Count((byte)'"') % 2 != 0)
            row = Join(row);
        text = row.ToText() ?? throw new RecipientFileException(Line, "is no UTF-8");
        return true;
    }

    /// <returns>At least one field; good until the next call.</returns>
    public IReadOnlyList<string> Split(string text)
    {
        _fields.Clear();
        for (var at = 0; ;)
        {
            at = ReadField(text, at);
            if (at == text.Length)
                return _fields;
            if (text[at] != Separator)
                throw new RecipientFileException(Line, $"field {_fields.Count}: text after the closing quote");
            at++;
        }
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> first)
    {
        _joined.ResetWrittenCount();
        _joined.Write(first);
        var quotes = first.Count((byte)'"');
        while (quotes % 2 != 0)
        {
            if (!lines.TryRead(out var more))
                throw new RecipientFileException(Line, "a quote is not closed");
            if (_joined.WrittenCount + more.Length > maxLine)
                throw new RecipientFileException(Line, $"is longer than {maxLine} octets");
            _joined.Write("\n"u8);
            _joined.Write(more);
            quotes += more.Count((byte)'"');
        }

        return _joined.WrittenSpan;
    }

    /// <returns>Where the field ends: at a separator or at the end.</returns>
    private int ReadField(string text, int at)
    {
        if (at == text.Length || text[at] != '"')
        {
            var end = text.IndexOf(Separator, at);
            end = end < 0 ? text.Length : end;
            _fields.Add(text[at..end].Trim());
            return end;
        }

        _field.Clear();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"'))
            {
                _fields.Add(_field.ToString());
                return at + 1;
            }

            if (text[at] == '"')
                at++;
            _field.Append(text[at]);
        }

        throw new RecipientFileException(Line, "a quote is not closed");
    }
}
