namespace LookupProxy.Host.Configuration.Values;

/// <summary>The name of an environment variable that holds a secret; the value is the secret. Not repeated, as in <see cref="SecretFiles"/>.</summary>
internal sealed class SecretVariables : ScalarReader<string>
{
    public static readonly SecretVariables Any = new();

    public override string Allowed => "the name of an environment variable";

    public override string Show(string value) => "none";

    protected override bool MayBeRepeated(string text) => false;

    protected override string? Parse(string text, ReadScope scope, out string value)
    {
        value = scope.Context.Environment.GetValueOrDefault(text, "");
        return value.Length > 0 ? null : "no environment variable of this name is set";
    }
}
