using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>What a search for anybody below one base says: somebody, nobody, or (<paramref name="Failure"/>) that it could not be told.</summary>
internal readonly record struct SightReading(bool Somebody, Answer.Unknown? Failure = null);
