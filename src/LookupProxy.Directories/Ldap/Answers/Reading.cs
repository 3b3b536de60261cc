using LookupProxy.Core.Recipients;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Answers;

/// <summary>What an outcome says at first sight.</summary>
/// <param name="Answer">It, if <paramref name="Unproved"/> is null or is found to be right.</param>
/// <param name="Unproved">An entry that does not show the address asked for.</param>
internal readonly record struct Reading(Answer Answer, SearchResultEntry? Unproved = null);
