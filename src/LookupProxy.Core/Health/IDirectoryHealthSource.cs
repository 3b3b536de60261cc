using System.Collections.Immutable;

namespace LookupProxy.Core.Health;

public interface IDirectoryHealthSource
{
    ImmutableArray<DirectoryHealth> Current { get; }
}
