namespace LookupProxy.Host.Configuration.Values;

/// <summary>As <see cref="FilePaths"/>, but no fault repeats what was written: it may be the secret itself, put under the wrong key.</summary>
internal sealed class SecretFiles : ScalarReader<string>
{
    public static readonly SecretFiles Any = new();

    public override string Allowed => "a readable file";

    public override string Show(string value) => "none";

    protected override bool MayBeRepeated(string text) => false;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = "";
        if (text.Length == 0 || text.Contains('\0'))
            return "not a path";
        value = Path.GetFullPath(text, scope.Context.BaseDirectory);
        return FileReadability.Complaint(value) is { } complaint ? $"the file {complaint} (a relative path begins at {scope.Context.BaseDirectory})" : null;
    }
}
