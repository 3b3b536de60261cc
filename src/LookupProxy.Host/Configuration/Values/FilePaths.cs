namespace LookupProxy.Host.Configuration.Values;

/// <summary>A file. The value is its full path; a relative one begins at the configuration file's directory.</summary>
/// <param name="isOurs">Whether it is written here, so that nothing else may be in its place.</param>
internal sealed class FilePaths(bool mustExist, bool isOurs = false) : ScalarReader<string>
{
    public override string Allowed => mustExist ? "a readable file" : "a file";

    public override string Show(string value) => value;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = "";
        if (text.Length == 0 || text.Contains('\0'))
            return "not a path";
        value = Path.GetFullPath(text, scope.Context.BaseDirectory);
        if (isOurs && Directory.Exists(value))
            return $"{value} is a directory; name a file in it";
        return mustExist && FileReadability.Complaint(value) is { } complaint ? $"{value} {complaint}" : null;
    }
}
