namespace LookupProxy.Directories.File.Reading;

/// <summary>The file is not what it should be. Caught where the file is loaded, and nowhere else.</summary>
/// <param name="line">From 1; null when the fault is the whole file's.</param>
internal sealed class RecipientFileException(int? line, string fault) : Exception(line is null ? fault : $"line {line}: {fault}")
{
    public int? Line => line;
}
