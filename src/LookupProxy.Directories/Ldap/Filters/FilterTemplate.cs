using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>
/// RFC 4515 text with {address} {local} {domain}, compiled once. Values enter as octets of the message, never as text,
/// so no address can change the filter's shape.
/// </summary>
internal sealed class FilterTemplate
{
    private readonly FilterNode _root;

    private FilterTemplate(FilterNode root, ImmutableArray<AssertedValue> asserted)
    {
        _root = root;
        Anybody = root.ForAnybody();
        Asserted = asserted;
        AssertedAttributes = [.. asserted.Select(static value => value.Attribute).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Finds whoever has any address at all.</summary>
    public LdapFilter Anybody { get; }

    /// <summary>The equalities with a placeholder that are not under a NOT.</summary>
    public ImmutableArray<AssertedValue> Asserted { get; }

    /// <summary>The attributes of these, each once.</summary>
    public ImmutableArray<string> AssertedAttributes { get; }

    /// <summary>Whom an entry was found for can be told by the values that it holds, among several for whom one search asked.</summary>
    public bool IsTellable =>
        _root.IsPassedByAnyValue && !Asserted.IsEmpty && Asserted.All(static value => value.Value.Holds is Placeholder.Address or Placeholder.Local);

    /// <param name="fault">What is wrong and where, for the operator.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out FilterTemplate? template, [NotNullWhen(false)] out string? fault)
    {
        template = null;
        if (!PlaceholderMarks.TryMark(text, out var marked, out var count, out fault))
            return false;
        if (!FilterText.TryParse(marked, out var filter, out fault))
        {
            fault = PlaceholderMarks.Unmark(fault);
            return false;
        }

        var compiler = new FilterCompiler();
        var root = compiler.Compile(filter);
        fault = Misuse(compiler, count);
        if (fault is not null)
            return false;
        template = new(root, compiler.Asserted);
        return true;
    }

    public LdapFilter Bind(ImmutableArray<AddressForm> forms) => _root.Bind(forms);

    /// <param name="at">From 0 in the text; people count from 1.</param>
    internal static string FaultAt(int at, string what) => $"{what}, at character {at + 1}";

    private static string? Misuse(FilterCompiler compiler, int count) => (count, compiler.Placeholders, compiler.Positive) switch
    {
        (0, _, _) => "it holds none of {address}, {local} and {domain}, so every address would have the same answer",
        (_, var found, _) when found != count => "a placeholder can stand only in a value, right of the =",
        (_, _, 0) => "its placeholders stand only under a NOT, so it would find everybody else",
        _ => null,
    };
}
