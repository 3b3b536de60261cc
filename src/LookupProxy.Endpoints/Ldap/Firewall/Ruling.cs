using LookupProxy.Endpoints.Ldap.Searching;

namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <param name="Rule">The rule that decided; null when none concerned the question.</param>
/// <param name="Language">Words the entries, with the attributes that may leave.</param>
internal readonly record struct Ruling(bool IsAllowed, string? Rule, ISearchLanguage Language);
