using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Endpoints.Ldap.Searching;

/// <summary>What a search is about.</summary>
/// <param name="Addresses">Distinct; at least one when the subject is addresses.</param>
/// <param name="Reason">For the client, when it is refused.</param>
internal readonly record struct SearchReading(SearchSubject Subject, ImmutableArray<Address> Addresses, string Reason = "");
