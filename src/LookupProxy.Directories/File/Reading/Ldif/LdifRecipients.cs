using System.Globalization;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Packing;
using LookupProxy.Directories.Entries;
using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Reading.Ldif;

/// <summary>
/// From LDIF entries to recipients. An entry without addresses is none. Values that are no address are passed over and counted:
/// directories hold odd things, and nobody can send to them.
/// </summary>
internal sealed class LdifRecipients
{
    private readonly FileDirectoryOptions _options;
    private readonly RecipientSetBuilder _set;
    private readonly AttributeUses _uses;
    private readonly List<(int Line, string Value)> _addresses = [];
    private readonly List<(int Attribute, string Value)> _published = [];
    private readonly List<string> _objectClasses = [];
    private string? _name;
    private string? _primary;
    private string? _mail;
    private bool _disabled;
    private string? _typeDetails;
    private bool _authenticated;

    public LdifRecipients(FileDirectoryOptions options, RecipientSetBuilder set)
    {
        _options = options;
        _set = set;
        _uses = new AttributeUses(options);
    }

    public void Begin(string name)
    {
        _name = name;
        _primary = _mail = _typeDetails = null;
        _disabled = _authenticated = false;
        _addresses.Clear();
        _published.Clear();
        _objectClasses.Clear();
    }

    public void Add(LdifLine line)
    {
        if (!_uses.TryFind(line.Name, out var use))
            return;
        if (use.HoldsAddress)
            AddAddress(line, use);
        if (use.Published is { } attribute && line.Value().ToText() is { } shown)
            _published.Add((attribute, shown));
        if (use.Special != SpecialAttribute.None)
            ReadSpecial(use.Special, line.Text());
    }

    public void End()
    {
        if (_name is null)
            return;
        _disabled &= _typeDetails is null || AccountControl.KindsWithOwnAccount.Contains(_typeDetails);
        if (_addresses.Count > 0 && (!_disabled || _options.DisabledExists))
            AddRecipient();
        _name = null;
    }

    private void AddAddress(LdifLine line, AttributeUse use)
    {
        if (IsPartOfRange(line.Description))
            throw new RecipientFileException(line.Number, $"{AddressEntry.Show(line.Description)}: holds only a part of the values");
        var value = line.Text();
        if (MailValue.TryRead(value, use.NeedsPrefix, out var address, out var primary))
        {
            _addresses.Add((line.Number, address));
            if (primary)
                _primary ??= address;
            else if (use.IsMail)
                _mail ??= address;
        }
    }

    private void ReadSpecial(SpecialAttribute attribute, string value)
    {
        switch (attribute)
        {
            case SpecialAttribute.ObjectClass:
                _objectClasses.Add(value);
                break;
            case SpecialAttribute.UserAccountControl:
                _disabled |= long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits) && (bits & AccountControl.DisabledBit) != 0;
                break;
            case SpecialAttribute.RecipientTypeDetails:
                _typeDetails ??= value;
                break;
            case SpecialAttribute.RequireAuthToSendTo:
                _authenticated |= value.Equals("TRUE", StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    private void AddRecipient()
    {
        _set.Begin(new RecipientDetails
        {
            Kind = ObjectClassKinds.Of(_objectClasses),
            Disabled = _disabled,
            AuthenticatedSendersOnly = _authenticated,
            PrimaryAddress = _primary ?? _mail ?? _addresses[0].Value,
            DistinguishedName = _name,
            Attributes = _published,
        });
        foreach (var (line, value) in _addresses)
        {
            var octets = Encoding.UTF8.GetBytes(value);
            // A local part that should be quoted may stand as it is.
            if (AddressEntry.TryAdd(_set, octets, AddressSyntax.Mailbox) != AddressFault.None
                && AddressEntry.TryAdd(_set, octets, AddressSyntax.Unquoted) is not AddressFault.None and var fault)
                _set.Skip(line, AddressEntry.Describe(fault, octets));
        }

        _set.End();
    }

    /// <summary>AD's range retrieval: "proxyAddresses;range=0-1499" is followed by more, "range=1500-*" is the end.</summary>
    private static bool IsPartOfRange(ReadOnlySpan<byte> description)
    {
        var range = description.IndexOf(";range="u8);
        return range >= 0 && !description[range..].EndsWith("-*"u8);
    }
}
