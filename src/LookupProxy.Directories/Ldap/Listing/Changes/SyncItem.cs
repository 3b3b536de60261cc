using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <param name="Entry">Null when only its id was told.</param>
internal readonly record struct SyncItem(SyncEntryState State, Guid Id, SearchResultEntry? Entry = null);
