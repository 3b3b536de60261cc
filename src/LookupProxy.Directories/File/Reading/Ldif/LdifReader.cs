using System.Globalization;

namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>
/// RFC 2849 content records, as ldapsearch, slapcat and ldifde write them. ldifde marks every record "changetype: add"; any other change is refused.
/// ldapsearch without -L ends with its result: one that is no success, or is missing, means that the file is not whole.
/// </summary>
internal static class LdifReader
{
    private const string Name = "dn";

    public static void Read(LineReader lines, LdifRecipients recipients, int maxLine)
    {
        var unfolded = new LdifLines(lines, maxLine);
        var record = RecordKind.None;
        var isEnded = false;
        while (unfolded.TryRead(out var text))
        {
            if (text.IsEmpty)
            {
                recipients.End();
                record = RecordKind.None;
                continue;
            }

            var line = new LdifLine(text, unfolded.Number);
            if (record == RecordKind.Entry && line.Is(Name))
            {
                // The empty line was forgotten. What one entry says must not count for the other.
                recipients.End();
                record = RecordKind.None;
            }

            if (record == RecordKind.None)
                record = Begin(line, recipients);
            else if (record == RecordKind.Entry)
                ReadAttribute(line, recipients);
            else if (record == RecordKind.Outcome)
                isEnded = ReadOutcome(line, isEnded);
            isEnded &= record == RecordKind.Outcome;
        }

        if (unfolded.TellsItsEnd && !isEnded)
            throw new RecipientFileException(null, "begins as ldapsearch writes it, and the result of the search is missing at its end: it is not whole");
        recipients.End();
    }

    private static RecordKind Begin(LdifLine line, LdifRecipients recipients)
    {
        if (line.Is(Name))
        {
            recipients.Begin(line.Text());
            return RecordKind.Entry;
        }

        if (line.Is("version"))
        {
            if (!line.Value().SequenceEqual("1"u8))
                throw new RecipientFileException(line.Number, "only LDIF version 1 is read");
            return RecordKind.None;
        }

        if (line.Is("search"))
            return RecordKind.Outcome;
        // A search reference: what it leads to was not searched, as the operator knows who made the file.
        if (line.Is("ref"))
            return RecordKind.Reference;
        throw new RecipientFileException(line.Number, $"a record begins with \"{line.NameText}\" where \"dn\" is expected");
    }

    private static void ReadAttribute(LdifLine line, LdifRecipients recipients)
    {
        if (line.Is("changetype"))
        {
            if (!System.Text.Ascii.EqualsIgnoreCase(line.Value(), "add"))
                throw new RecipientFileException(line.Number, $"a change record ({line.Text()}): the file must hold entries, not changes");
        }
        else if (line.Is("control"))
        {
            throw new RecipientFileException(line.Number, "a change record (control): the file must hold entries, not changes");
        }
        else if (line.Form == LdifValueForm.Url)
        {
            throw new RecipientFileException(line.Number, $"{line.NameText}: a URL (\":<\") is not read");
        }
        else
        {
            recipients.Add(line);
        }
    }

    /// <returns>Whether the search has come to its end.</returns>
    private static bool ReadOutcome(LdifLine line, bool isEnded)
    {
        if (line.Is("result"))
            return CheckResult(line);
        // With -E pr each page has an outcome; a cookie means that there is another page.
        return line.Is("pagedresults") ? line.Text().EndsWith("cookie=", StringComparison.Ordinal) : isEnded;
    }

    private static bool CheckResult(LdifLine line)
    {
        var text = line.Text();
        var code = text.Split(' ')[0];
        if (!int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != 0)
            throw new RecipientFileException(line.Number, $"the search that wrote the file ended with \"{text}\": it is not whole");
        return true;
    }

    private enum RecordKind
    {
        None,
        Entry,
        Outcome,
        Reference,
    }
}
