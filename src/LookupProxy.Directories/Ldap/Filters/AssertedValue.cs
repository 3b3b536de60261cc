namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>An equality that the filter asks for and that holds a placeholder: an entry that matched by it holds this value.</summary>
internal sealed record AssertedValue(string Attribute, ValueTemplate Value);
