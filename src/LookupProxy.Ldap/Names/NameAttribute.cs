namespace LookupProxy.Ldap.Names;

/// <summary>Type and value as written, the value unescaped. A <c>#hex</c> value that holds no string stays as it is.</summary>
public sealed record NameAttribute(string Type, string Value);
