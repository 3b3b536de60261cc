using System.Collections.Immutable;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>Attributes by which a server shows nobody any more.</summary>
internal sealed record MissingAttributes(ImmutableArray<string> Names, DateTimeOffset Since);
