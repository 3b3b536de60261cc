namespace LookupProxy.Ldap.Filters;

/// <summary>What <see cref="FilterText"/> takes beyond RFC 4515. Spaces between components are always taken, as every tool does.</summary>
public sealed record FilterTextOptions
{
    /// <summary>What operators write in configurations: RFC 4515.</summary>
    public static FilterTextOptions Strict { get; } = new();

    /// <summary>What gateways' forms hold: outer parentheses left out, escapes of LDAPv2.</summary>
    public static FilterTextOptions Tolerant { get; } = new() { OuterParenthesesOptional = true, LegacyEscapes = true };

    /// <summary><c>|(mail=a)(uid=b)</c> and <c>mail=a</c>.</summary>
    public bool OuterParenthesesOptional { get; init; }

    /// <summary><c>\*</c> for <c>\2a</c>, as RFC 1960 wrote it.</summary>
    public bool LegacyEscapes { get; init; }

    /// <summary>Levels of nesting; a bound for the stack.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Components and pieces of substrings.</summary>
    public int MaxNodes { get; init; } = 1024;
}
