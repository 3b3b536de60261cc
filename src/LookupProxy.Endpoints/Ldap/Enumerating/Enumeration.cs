using System.Collections.Immutable;
using System.Threading.Channels;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Ldap.Messages;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>
/// One enumeration under way: all its directories are read at once, each as fast as the client takes what comes, and told as one list.
/// One portion at a time; between two of them it waits, holding a page of each directory.
/// </summary>
internal sealed class Enumeration : IDisposable
{
    /// <summary>Recipients that may lie ready.</summary>
    private const int Ready = 256;

    /// <summary>Octets of one portion, above which it goes out.</summary>
    private const int PortionBytes = 64 * 1024;

    private readonly EnumerationRequest _request;
    private readonly EnumerationScope _scope;
    private readonly PassThroughSearchOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action _ended;
    private readonly Channel<(string Directory, FoundRecipient Found)> _found = Channel.CreateBounded<(string, FoundRecipient)>(Ready);
    private readonly CancellationTokenSource _stop = new();
    private readonly SeenAddresses _seen = new();
    private LdapResult? _failure;
    private int _reading;
    private int _told;
    private int _isDisposed;

    /// <param name="ended">Called once, when it is disposed.</param>
    public Enumeration(
        EnumerationRequest request,
        EnumerationScope scope,
        IReadOnlyList<(string Directory, IRecipientSearch? Search)> directories,
        PassThroughSearchOptions options,
        TimeProvider time,
        ILogger logger,
        Action ended)
    {
        (_request, _scope, _options, _time, _logger, _ended) = (request, scope, options, time, logger, ended);
        _failure = request.IsWhole ? null : EnumerationEnd.Partial;
        _reading = directories.Count;
        if (_reading == 0)
            _found.Writer.Complete();
        foreach (var (directory, search) in directories)
            _ = Task.Run(() => ReadAsync(directory, search));
    }

    /// <param name="most">Entries.</param>
    /// <param name="timeLimit">The client's own; infinite for none.</param>
    public async Task<Portion> TakeAsync(int most, TimeSpan timeLimit)
    {
        var entries = ImmutableArray.CreateBuilder<byte[]>();
        var octets = 0;
        while (entries.Count < most && octets < PortionBytes)
        {
            if (!_found.Reader.TryRead(out var item))
            {
                // What is there goes out before anything is waited for.
                if (entries.Count > 0 && !_found.Reader.Completion.IsCompleted)
                    break;
                if (await WaitAsync(timeLimit) is { } end)
                    return new Portion(entries.DrainToImmutable(), end);
                continue;
            }

            if (Tell(item.Directory, item.Found) is not { } entry)
                continue;
            if (LimitReached() is { } limit)
                return new Portion(entries.DrainToImmutable(), limit);
            _told++;
            _scope.MarkSeen(item.Directory, item.Found, _seen);
            entries.Add(entry.Operation);
            octets += entry.Operation.Length;
        }

        return new Portion(entries.DrainToImmutable(), null);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _stop.Cancel();
        _ended();
    }

    /// <returns>Null when there is something to read; else how it ends.</returns>
    private async Task<LdapResult?> WaitAsync(TimeSpan timeLimit)
    {
        var patience = timeLimit < _options.Timeout ? timeLimit : _options.Timeout;
        try
        {
            if (await _found.Reader.WaitToReadAsync().AsTask().WaitAsync(patience, _time))
                return null;
            return _failure ?? EnumerationEnd.Whole;
        }
        catch (TimeoutException) when (patience == timeLimit && timeLimit < _options.Timeout)
        {
            return EnumerationEnd.TimeLimit;
        }
        catch (TimeoutException)
        {
            LdapLog.EnumerationStalled(_logger, _options.Timeout);
            return EnumerationEnd.Partial;
        }
    }

    private Searching.EncodedEntry? Tell(string directory, FoundRecipient found)
    {
        if (_scope.Place(directory, found, _seen) is not var (verdict, language))
            return null;
        return language.Listed(_request.Search, _request.Filter, verdict, found.Extra);
    }

    private LdapResult? LimitReached()
    {
        if (_request.Search.SizeLimit > 0 && _told == _request.Search.SizeLimit)
            return EnumerationEnd.SizeLimit;
        // A recipient with very many addresses counts by them: each is remembered.
        return _told == _options.MaxEntries || _seen.Count >= 16L * _options.MaxEntries ? EnumerationEnd.AdminLimit : null;
    }

    private async Task ReadAsync(string directory, IRecipientSearch? search)
    {
        try
        {
            if (search is null)
                throw new ListingException(UnknownReason.NotReady, "it cannot be searched");
            await foreach (var page in search.SearchAsync(_request.Question, _stop.Token))
            {
                foreach (var found in page)
                    await _found.Writer.WriteAsync((directory, found), _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Interlocked.CompareExchange(ref _failure, EnumerationEnd.Partial, null);
        }
        catch (ListingException failure)
        {
            LdapLog.EnumerationPartial(_logger, directory, failure.Reason, failure.Message);
            Interlocked.CompareExchange(ref _failure, failure.Reason == UnknownReason.SizeLimit ? EnumerationEnd.LimitOfDirectory : EnumerationEnd.Partial, null);
        }
        catch (Exception fault)
        {
            LdapLog.SearchThrew(_logger, fault);
            Interlocked.CompareExchange(ref _failure, EnumerationEnd.Partial, null);
        }

        if (Interlocked.Decrement(ref _reading) == 0)
            _found.Writer.Complete();
    }
}
