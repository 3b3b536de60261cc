using LookupProxy.Directories.File.Reading.Ldif;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Reading;

/// <summary>A whole file, or <see cref="RecipientFileException"/>.</summary>
internal static class RecipientFileReader
{
    public static RecipientSet Read(Stream stream, FileDirectoryOptions options)
    {
        var lines = new LineReader(stream, options.Limits.MaxLine);
        var set = new RecipientSetBuilder(options);
        switch (options.Format)
        {
            case RecipientFileFormat.Ldif:
                LdifReader.Read(lines, new LdifRecipients(options, set), options.Limits.MaxLine);
                break;
            case RecipientFileFormat.List:
                ListReader.Read(lines, set);
                break;
            case RecipientFileFormat.Csv:
                CsvReader.Read(lines, set, options);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(options), options.Format, "no such format");
        }

        return set.Build();
    }
}
