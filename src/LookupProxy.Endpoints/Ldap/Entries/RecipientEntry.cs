using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>
/// The entry of one recipient. Attributes are worked out when they are asked for: most searches ask for one, and a filter that names the
/// address for none.
/// </summary>
internal sealed class RecipientEntry(EntryLayout layout, Verdict verdict)
{
    private string? _address;
    private string? _name;

    public EntryLayout Layout { get; } = layout;

    /// <summary>As it was asked for.</summary>
    public Address Asked { get; } = verdict.Address;

    /// <summary>Null when no directory could be asked and the operator accepts then.</summary>
    public Recipient? Recipient { get; } = verdict.Recipient;

    /// <summary>As its directory wrote it; else the address asked for.</summary>
    public string PrimaryAddress => Recipient?.PrimaryAddress is { Length: > 0 } primary ? primary : Asked.Text;

    /// <summary>The address that names the entry: the same for all addresses of one recipient in a domain, and one that can be asked for again.</summary>
    public string NameAddress => _address ??= Layout.IsCaseSensitive(verdict.Namespace) ? NameAsWritten() : PrimaryIsOurs() ? PrimaryAddress.ToLowerInvariant() : Asked.Fold().Text;

    public string Name => _name ??= Layout.Names.Of(NameAddress);

    public RecipientKind Kind => Recipient?.Kind ?? RecipientKind.AlwaysValid;

    /// <summary>
    /// Whether an attribute that only directories give is not known, rather than absent, when the recipient's directory was not asked for it.
    /// Set to find out whether a mismatch is certain.
    /// </summary>
    public bool IsDoubtful { get; init; }

    public bool IsDisabled => Recipient is { Disabled: true };

    /// <summary>What its directory gave and may leave.</summary>
    public EntryValues Published(string name) =>
        Recipient is { Attributes.IsEmpty: false } recipient && recipient.Attributes.TryGetValue(name, out var values) && Layout.MayLeave(name) ? values : default;

    /// <summary>False when the attribute is known neither to the layout nor to this entry: an assertion about it is Undefined.</summary>
    /// <param name="description">A name or an OID, with or without options.</param>
    public bool TryRead(string description, out ValueSyntax syntax, out EntryValues values)
    {
        if (Layout.Find(description) is { } attribute)
        {
            syntax = attribute.Syntax;
            values = attribute.Read(this);
            return values.Count > 0 || !IsDoubtful || attribute.Source is not { } source || IsAbsent(source, untold: true);
        }

        syntax = ValueSyntax.Text;
        values = Published(description);
        if (values.Count > 0 || IsAbsent(description, untold: false))
            return true;
        // No value has an option, so none is a subtype that is asked for by one (RFC 4512 2.5.2).
        return description.IndexOf(';') is var end and > 0 && TryRead(description[..end], out syntax, out _);
    }

    /// <summary>Known to have no value: its directory was asked for it, and may show it.</summary>
    /// <param name="untold">When there is no telling what directories are asked for.</param>
    private bool IsAbsent(string name, bool untold) =>
        Recipient is { IsPartial: false } recipient && Layout.MayLeave(name) && (Layout.Publishes(recipient.Directory, name) ?? untold);

    /// <summary>Only the domain in lower case.</summary>
    private string NameAsWritten()
    {
        if (!PrimaryIsOurs())
            return Asked.Text;
        var at = PrimaryAddress.LastIndexOf('@');
        return PrimaryAddress[..at] + PrimaryAddress[at..].ToLowerInvariant();
    }

    private bool PrimaryIsOurs()
    {
        var primary = Recipient?.PrimaryAddress;
        if (primary is null)
            return false;
        var domain = (verdict.DecidedAs ?? Asked).Domain;
        var at = primary.LastIndexOf('@');
        return at > 0 && primary.AsSpan(at + 1).Equals(domain, StringComparison.OrdinalIgnoreCase);
    }
}
