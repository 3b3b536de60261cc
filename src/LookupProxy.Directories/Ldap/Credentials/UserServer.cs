using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Credentials;

/// <summary>Finds a user on one server, and binds there as the user.</summary>
/// <param name="principalAttribute">Where users' principal names are kept; null where users have none.</param>
internal sealed class UserServer(IDirectoryServer server, ILdapClient client, ImmutableArray<string> baseDns, string? principalAttribute)
{
    private const int TimeLimit = 10;

    public bool HasPrincipalNames => principalAttribute is not null;

    /// <returns>Exists with the DN, Absent, or Unknown.</returns>
    public async ValueTask<Answer> FindAsync(Address user, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync(user, cancellationToken);
        return answer is Answer.Absent && principalAttribute is not null ? await FindPrincipalAsync(principalAttribute, user, cancellationToken) : answer;
    }

    public ValueTask<LdapFault?> BindAsync(string distinguishedName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) =>
        client.BindAsync(distinguishedName, password, cancellationToken);

    private async ValueTask<Answer> FindPrincipalAsync(string attribute, Address user, CancellationToken cancellationToken)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(user.Text);
        foreach (var baseDn in baseDns)
        {
            var request = new SearchRequest(baseDn, SearchScope.WholeSubtree, new LdapFilter.Equality(attribute, name))
            {
                SizeLimit = 2,
                TimeLimit = TimeLimit,
                Attributes = [attribute],
            };
            var outcome = await client.SearchAsync(request, cancellationToken);
            if (outcome.Fault is { } fault)
                return new Answer.Unknown(FaultReasons.Of(fault), fault.Detail);
            var found = outcome.Entries.Where(entry => Shows(entry, attribute, user)).ToImmutableArray();
            if (found.Length == 1)
                return new Answer.Exists(new Recipient { Directory = "", DistinguishedName = found[0].ObjectName });
            if (outcome.Result is { } result && ResultReasons.Of(result.Code) is { } reason)
                return new Answer.Unknown(reason, Details.Of(result, baseDn));
        }

        return Answer.No;
    }

    /// <summary>A server that does not heed the filter must not make us bind as somebody else.</summary>
    private static bool Shows(SearchResultEntry entry, string attribute, Address user) =>
        entry.Texts(attribute).Any(value => value.Equals(user.Text, StringComparison.OrdinalIgnoreCase));
}
