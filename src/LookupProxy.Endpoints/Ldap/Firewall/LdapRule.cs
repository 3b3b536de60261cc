using System.Collections.Immutable;

namespace LookupProxy.Endpoints.Ldap.Firewall;

/// <summary>One rule of the firewall. It concerns a question when all that it names fits.</summary>
public sealed record LdapRule
{
    /// <summary>In <see cref="Accounts"/>: a client that is nobody.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>In <see cref="Accounts"/>: an end user, whose own directory found the password right.</summary>
    public const string Users = "users";

    /// <summary>For logs.</summary>
    public required string Name { get; init; }

    public required bool Allow { get; init; }

    /// <summary>Any when empty.</summary>
    public ImmutableArray<ClientNetwork> Networks { get; init; } = [];

    /// <summary>Names of accounts, <see cref="Anonymous"/>, <see cref="Users"/>; any when empty.</summary>
    public ImmutableArray<string> Accounts { get; init; } = [];

    public LdapQuestions Questions { get; init; } = LdapQuestions.All;

    /// <summary>Names of namespaces; null for any.</summary>
    public ImmutableArray<string>? Namespaces { get; init; }

    /// <summary>Of a rule that allows: the attributes that may leave, of those that may at all; null for all of them.</summary>
    public ImmutableArray<string>? Attributes { get; init; }
}
