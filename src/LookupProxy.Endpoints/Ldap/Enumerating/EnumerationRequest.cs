using LookupProxy.Core.Searching;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <param name="Search">As the client sent it: which attributes it wants, how many entries.</param>
/// <param name="Filter">To be evaluated here: the client's with names of directories in place of names of ours.</param>
/// <param name="Question">For the directories.</param>
/// <param name="UsesBase">Whether the client's base lies in a directory: then only those that hold it are asked.</param>
internal sealed record EnumerationRequest(SearchRequest Search, LdapFilter Filter, RecipientQuestion Question, bool UsesBase)
{
    /// <summary>False when the question could not be put to the directories as it was meant: then nothing that they say is the whole.</summary>
    public bool IsWhole { get; init; } = true;
}
