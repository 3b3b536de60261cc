namespace LookupProxy.SystemTests.Ldap;

/// <summary>A forest takes ten seconds to make: these tests share one.</summary>
[CollectionDefinition(nameof(ForestCollection))]
public sealed class ForestCollection : ICollectionFixture<ForestLab>;
