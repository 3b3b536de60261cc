namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>One attribute of every entry: a constant, or the values of another attribute, uniform or published.</summary>
/// <param name="From">The other attribute; null for <paramref name="Constant"/>.</param>
public sealed record AttributeMapping(string Name, string? Constant, string? From = null);
