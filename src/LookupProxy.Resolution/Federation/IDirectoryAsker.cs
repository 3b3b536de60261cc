using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Federation;

/// <summary>One directory as a flight sees it: a question always ends in an answer, in bounded time, and never in an exception.</summary>
internal interface IDirectoryAsker
{
    string Name { get; }

    ValueTask<Answer> AskAsync(Address address);
}
