using System.Collections.Immutable;

namespace LookupProxy.Core.Health;

public interface IAlarmSource
{
    ImmutableArray<Alarm> Current { get; }
}
