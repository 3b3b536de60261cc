namespace LookupProxy.Host.Configuration.Values;

/// <summary>A collector's URL.</summary>
internal sealed class HttpUris : ScalarReader<Uri>
{
    public static readonly HttpUris Any = new();

    public override string Allowed => "http://HOST:PORT or https://HOST:PORT";

    public override string Show(Uri value) => value.ToString();

    protected override bool MayBeRepeated(string text) => !text.Contains('@');

    protected override string? Parse(string text, ReadScope scope, out Uri value)
    {
        value = null!;
        if (text.Contains('@'))
            return "no user or password may stand in a URL";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "not an HTTP URL";
        value = uri;
        return null;
    }
}
