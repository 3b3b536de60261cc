using LookupProxy.Core.Addresses;
using LookupProxy.Resolution;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Benchmarks.Resolution;

internal static class Federations
{
    public static Resolver Of(IReadOnlyList<InstantDirectory> directories, CacheSettings cache, SecondLevel? second = null) => Resolver.Create(
        new ResolverModel
        {
            Namespaces =
            [
                new NamespaceDefinition
                {
                    Name = "shared", Domains = ["corp.example"], Directories = [.. directories.Select(static d => d.Name)], RecipientDelimiter = "+",
                },
            ],
            Cache = cache,
        },
        directories, NullLoggerFactory.Instance, TimeProvider.System, seed: 1, second);
}
