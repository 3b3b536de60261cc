using System.Buffers;

namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>Undoes folds (RFC 2849 note 2: a line that begins with a space continues the one before) and passes comments over.</summary>
internal sealed class LdifLines(LineReader lines, int maxLine)
{
    private readonly ArrayBufferWriter<byte> _joined = new();

    /// <summary>The file begins as ldapsearch does, which then writes how the search ended, too. (With -L, -LL and -LLL it does neither.)</summary>
    public bool TellsItsEnd { get; private set; }

    /// <summary>Where the line last read begins.</summary>
    public int Number { get; private set; }

    /// <param name="line">Empty between records. Good until the next call.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (lines.TryRead(out line))
        {
            Number = lines.Number;
            // A fold of an empty line is what a careless editor leaves: white space, and no line.
            if (line.TrimAscii().IsEmpty)
            {
                line = default;
                return true;
            }

            var comment = line[0] == '#';
            TellsItsEnd |= Number == 1 && line.SequenceEqual("# extended LDIF"u8);
            if (lines.Next == ' ')
                line = Join(line);
            if (!comment)
                return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> first)
    {
        _joined.ResetWrittenCount();
        _joined.Write(first);
        while (lines.Next == ' ' && lines.TryRead(out var more))
        {
            if (_joined.WrittenCount + more.Length > maxLine)
                throw new RecipientFileException(Number, $"is longer than {maxLine} octets");
            _joined.Write(more[1..]);
        }

        return _joined.WrittenSpan;
    }
}
