using LookupProxy.Core.Addresses;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Policy;

internal static partial class PolicyLog
{
    [LoggerMessage(EventIds.LookupThrew, LogLevel.Error, "policy: looking up {Address} failed by a fault of ours; the client is told to try again.")]
    public static partial void LookupThrew(ILogger logger, Exception exception, Address address);
}
