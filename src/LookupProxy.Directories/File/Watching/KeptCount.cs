using System.Globalization;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.File.Watching;

/// <summary>How many addresses the file had when it was last taken, by an earlier process too: a restart shall not make the truth of a file that is refused.</summary>
internal sealed class KeptCount(FileDirectoryOptions options, ILogger logger)
{
    private int? _kept;

    /// <summary>Null when it is not known: nothing is kept, or what is kept is of another file, or of one that was read in another way.</summary>
    public int? Read()
    {
        if (_kept is null && options.CountPath is { } path)
            _kept = Read(path);
        return _kept;
    }

    /// <summary>Never fails: without it only a restart is less safe.</summary>
    public void Write(int count)
    {
        if (options.CountPath is not { } path || Read() == count)
            return;
        _kept = count;
        try
        {
            // Beside it first: one that is cut short would be no number, or a smaller one.
            var next = path + ".new";
            System.IO.File.WriteAllText(next, $"{count.ToString(CultureInfo.InvariantCulture)}\n{options.Origin}");
            System.IO.File.Move(next, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            FileLog.CountNotKept(logger, options.Name, path, exception.Message);
        }
    }

    private int? Read(string path)
    {
        try
        {
            return System.IO.File.Exists(path)
                && System.IO.File.ReadAllText(path).Split('\n', 2) is [var count, var origin] && origin == options.Origin
                && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            FileLog.CountNotKept(logger, options.Name, path, exception.Message);
            return null;
        }
    }
}
