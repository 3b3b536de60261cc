using LookupProxy.Core.Listing;
using LookupProxy.Core.Packing;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>
/// A copy on disk: a head, the recipients one after another as they are in memory, and SHA-256 over all before it. It is replaced whole, and for its owner only.
/// </summary>
internal sealed class CopyFile(string path, SnapshotSettings settings)
{
    private const string Magic = "LookupProxy copy";
    private const int Version = 1;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Far above any recipient, far below what a damaged length could ask for.</summary>
    private const int LongestRecipient = 64 << 20;

    public string Path => path;

    /// <summary>Where a file that could not be read is put aside.</summary>
    public string AsidePath => path + ".damaged";

    private string NextPath => path + ".new";

    /// <summary>Other settings than those that decide what is in it may have changed without harm.</summary>
    private string Origin => $"{settings.Origin}\n{string.Join(',', settings.PublishedAttributes)}\n{settings.MaxAttributes}\n{settings.IsHashed}";

    /// <exception cref="IOException">It could not be written; the one from before is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(RecipientCopy copy)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        File.Delete(NextPath);
        try
        {
            WriteNext(copy, options);
            File.Move(NextPath, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DropNext();
            throw;
        }
    }

    /// <summary>Null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another version.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public RecipientCopy? Read()
    {
        if (!File.Exists(path))
            return null;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0, Options = FileOptions.SequentialScan });
        using var reader = new SealedReader(file);
        try
        {
            return Read(reader);
        }
        catch (Exception exception) when (exception is not (InvalidDataException or IOException))
        {
            // Lengths that lead nowhere. The seal would have told too, but it stands at the end.
            throw new InvalidDataException("what it holds makes no sense", exception);
        }
    }

    /// <summary>So that the next copy can be written while somebody looks at what became of this one.</summary>
    public void PutAside() => File.Move(path, AsidePath, overwrite: true);

    public void Delete() => File.Delete(path);

    /// <summary>What lies beside it with addresses in clear, or may: put aside, or not written to its end, before they were to be hashed.</summary>
    public IEnumerable<string> OpenBeside() => ((string[])[AsidePath, NextPath]).Where(static beside => File.Exists(beside) && !IsHashed(beside));

    private static bool IsHashed(string beside)
    {
        using var file = File.OpenRead(beside);
        using var reader = new SealedReader(file);
        try
        {
            return reader.ReadText(Magic.Length) == Magic && reader.ReadNumber() == Version && reader.ReadNumber() == 1;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private void WriteNext(RecipientCopy copy, FileStreamOptions options)
    {
        using var file = new FileStream(NextPath, options);
        using var writer = new SealedWriter(file);
        WriteHead(writer, copy);
        foreach (var recipient in copy.All.Walk())
        {
            if (!copy.Replaced.Contains(recipient.Id))
                writer.Write(recipient.Octets);
        }

        foreach (var recipient in copy.Changed.Walk())
            writer.Write(recipient.Octets);
        writer.Write([]);
        writer.Seal();
        file.Flush(flushToDisk: true);
    }

    /// <summary>What was written before the disk was full keeps it full: for the store beside it too.</summary>
    private void DropNext()
    {
        try
        {
            File.Delete(NextPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next copy tries it again.
        }
    }

    private void WriteHead(SealedWriter writer, RecipientCopy copy)
    {
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(copy.Keys.IsHashed ? 1 : 0);
        writer.Write(copy.Keys.CaseSensitive ? 1 : 0);
        writer.Write(copy.Keys.Secret.AsSpan());
        writer.Write(Origin);
        writer.Write(copy.Stamp.ReadAt);
        writer.Write(copy.Stamp.FullAt);
        writer.Write(copy.Stamp.TellsGone ? 1 : 0);
        writer.Write(copy.Stamp.Mark?.Method ?? "");
        writer.Write(copy.Stamp.Mark is { } mark ? mark.Value.Span : []);
        writer.Write(copy.HasDomains ? 1 : 0);
        writer.Write(copy.Attributes.Length);
        foreach (var name in copy.Attributes)
            writer.Write(name ?? "");
        writer.Write(Count(copy));
    }

    /// <summary>What is written: an entry that changed while it was read may be there twice under one id.</summary>
    private static int Count(RecipientCopy copy)
    {
        var count = copy.Changed.Recipients;
        foreach (var recipient in copy.All.Walk())
            count += copy.Replaced.Contains(recipient.Id) ? 0 : 1;
        return count;
    }

    private RecipientCopy Read(SealedReader reader)
    {
        if (reader.ReadText(Magic.Length) != Magic)
            throw new InvalidDataException("it is no copy of recipients");
        if (reader.ReadNumber() is not Version and var version)
            throw new InvalidDataException($"it is of version {version}, and this program reads {Version}");
        var (isHashed, isCaseSensitive) = (reader.ReadNumber() == 1, reader.ReadNumber() == 1);
        var keys = new CopyKeys([.. reader.Read(CopyKeys.SecretLength)], isHashed, isCaseSensitive);
        var isSameOrigin = reader.ReadText(1 << 20) == Origin && isCaseSensitive == settings.CaseSensitive;
        var (readAt, fullAt, tellsGone) = (reader.ReadTime(), reader.ReadTime(), reader.ReadNumber() == 1);
        var (method, value) = (reader.ReadText(1 << 10), reader.Read(1 << 20).ToArray());
        // Of something else, changes since then mean nothing.
        var mark = method.Length > 0 && isSameOrigin ? new ListingMark(method, value) : null;
        var hasDomains = reader.ReadNumber() == 1;
        var attributes = new string?[reader.ReadNumber()];
        for (var i = 0; i < attributes.Length; i++)
        {
            var name = reader.ReadText(1 << 10);
            // The operator may have taken it from the list since.
            attributes[i] = settings.PublishedAttributes.Contains(name, StringComparer.OrdinalIgnoreCase) ? name : null;
        }

        var table = ReadRecipients(reader, keys);
        return new RecipientCopy(keys, new CopyStamp(readAt, fullAt, tellsGone, mark), table, RecipientTable.Empty, [], [.. attributes], hasDomains)
        {
            IsAsAsked = isSameOrigin,
            LacksAttributes = settings.PublishedAttributes.Except(attributes, StringComparer.OrdinalIgnoreCase).Any(),
        };
    }

    private static RecipientTable ReadRecipients(SealedReader reader, CopyKeys keys)
    {
        var expected = reader.ReadNumber();
        // Each takes some octets of the file, so that a damaged number asks for no more memory than there is file.
        var packer = new RecipientTableBuilder(keys.TableIgnoresCase, expected: (int)Math.Min(expected, reader.Length / 8));
        while (reader.Read(LongestRecipient) is { IsEmpty: false } octets)
        {
            if (!packer.TryAdd(new PackedRecipient(octets)))
                throw new InvalidDataException("it holds more than a copy can");
        }

        reader.CheckSeal();
        return packer.Recipients == expected ? packer.Build() : throw new InvalidDataException($"it holds {packer.Recipients} of {expected} recipients");
    }
}
