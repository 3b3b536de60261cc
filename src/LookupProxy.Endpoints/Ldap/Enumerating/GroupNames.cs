using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>Names of our entries in one filter, which become those that their directories have: <c>(memberOf=cn=sales@corp.example,o=lookupproxy)</c>.</summary>
internal sealed class GroupNames(EntryNames names, IRecipientResolver resolver, string? view)
{
    /// <summary>One could not be looked up, or is known from a local copy only, which keeps no names, so that who matches it is not known.</summary>
    public bool AreMissing { get; private set; }

    public async ValueTask<LdapFilter> TranslateAsync(LdapFilter filter) => filter switch
    {
        LdapFilter.And and => new LdapFilter.And(await TranslateAsync(and.Operands)),
        LdapFilter.Or or => new LdapFilter.Or(await TranslateAsync(or.Operands)),
        LdapFilter.Not not => new LdapFilter.Not(await TranslateAsync(not.Operand)),
        // The entry's own name stays: it is compared with ours.
        LdapFilter.Equality equality when !EntryOptions.IsUniform(equality.Attribute) => equality with { Value = await TranslateAsync(equality.Value) },
        LdapFilter.Extensible extensible => extensible with { Value = await TranslateAsync(extensible.Value) },
        _ => filter,
    };

    /// <summary>All at once: each may take as long as a lookup does.</summary>
    private async ValueTask<ImmutableArray<LdapFilter>> TranslateAsync(ImmutableArray<LdapFilter> operands) =>
        [.. await Task.WhenAll(operands.Select(operand => TranslateAsync(operand).AsTask()))];

    private async ValueTask<ReadOnlyMemory<byte>> TranslateAsync(ReadOnlyMemory<byte> value)
    {
        if (!value.Span.Contains((byte)'=')
            || !DistinguishedName.TryParse(Encoding.UTF8.GetString(value.Span), out var name)
            || !names.TryReadAddress(name, out var address))
        {
            return value;
        }

        var verdict = await FindAsync(new LookupRequest(address, view));
        if (verdict is { Kind: VerdictKind.Valid, Recipient.DistinguishedName: { Length: > 0 } own })
            return Encoding.UTF8.GetBytes(own);
        // A group that is there, and no directory knows it by this name: who asks one for its members would hear of nobody.
        if (verdict.Kind is VerdictKind.Valid or VerdictKind.Unknown)
            AreMissing = true;
        return value;
    }

    /// <summary>A contact has no members and is nobody's member: it may stand for the group or the person that another directory has.</summary>
    private async ValueTask<Verdict> FindAsync(LookupRequest request)
    {
        var verdict = await resolver.ResolveAsync(request, CancellationToken.None);
        if (verdict is not { Kind: VerdictKind.Valid, Recipient.Kind: RecipientKind.Contact })
            return verdict;
        var whole = await resolver.ResolveAsync(request with { Everywhere = true }, CancellationToken.None);
        if (Namesakes.Of(whole).FirstOrDefault(static one => one.Recipient is { Kind: not RecipientKind.Contact }) is { } other)
            return other;
        AreMissing |= !Namesakes.AreAllKnown(whole);
        return verdict;
    }
}
