namespace LookupProxy.Host.Configuration.Values;

/// <summary>A file. The value is its full path; a relative one begins at the configuration file's directory.</summary>
internal sealed class FilePaths(bool mustExist) : ScalarReader<string>
{
    public override string Allowed => mustExist ? "a readable file" : "a file";

    public override string Show(string value) => value;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = "";
        if (text.Length == 0 || text.Contains('\0'))
            return "not a path";
        value = Path.GetFullPath(text, scope.Context.BaseDirectory);
        return mustExist && FileReadability.Complaint(value) is { } complaint ? $"{value} {complaint}" : null;
    }
}
