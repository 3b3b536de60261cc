using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Searching;

/// <summary>Understands one equality, or an OR of equalities that name the same address.</summary>
internal sealed class PlainSearchLanguage(LdapOptions options) : ISearchLanguage
{
    public SearchReading Read(LdapFilter filter)
    {
        var addresses = ImmutableArray.CreateBuilder<Address>();
        if (!Collect(filter, addresses))
            return new SearchReading(SearchSubject.Other, []);
        return addresses.Count == 0 ? new SearchReading(SearchSubject.Nothing, []) : new SearchReading(SearchSubject.Addresses, addresses.DrainToImmutable());
    }

    public byte[]? Entry(SearchRequest search, Verdict verdict)
    {
        var mail = verdict.Recipient?.PrimaryAddress ?? verdict.Address.Text;
        ImmutableArray<LdapAttribute> attributes = [new("mail", [Encoding.UTF8.GetBytes(mail)]), new("objectClass", ["inetOrgPerson"u8.ToArray()])];
        return OperationBytes.Of(new SearchResultEntry($"mail={verdict.Address.Text},{options.Suffix}", attributes));
    }

    private static bool Collect(LdapFilter filter, ImmutableArray<Address>.Builder addresses)
    {
        switch (filter)
        {
            case LdapFilter.Equality equality:
                var value = equality.Value.Span;
                if (value.StartsWith("smtp:"u8) || value.StartsWith("SMTP:"u8))
                    value = value[5..];
                if (AddressParser.TryParse(value, AddressSyntax.Unquoted, out var address) == AddressFault.None && !addresses.Contains(address!))
                    addresses.Add(address!);
                return true;
            case LdapFilter.Or or:
                return or.Operands.All(operand => Collect(operand, addresses));
            default:
                return false;
        }
    }
}
