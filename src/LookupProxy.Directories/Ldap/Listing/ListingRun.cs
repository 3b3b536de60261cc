using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Listing.Changes;
using LookupProxy.Ldap.Client;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>One reading, from its connection to its end. All that goes wrong comes out as a <see cref="ListingException"/>.</summary>
internal sealed class ListingRun(
    ListingServers servers, Func<ListingServer, ILdapSession, ListingSearches> searchesOf, Func<ListingSearches, RootDse, ListingScope> scopeOf, ListingWays ways, string directory, ILogger logger)
    : IAsyncDisposable
{
    private ListingServer? _server;
    private ILdapSession? _session;
    private ListingScope? _scope;
    private IChangeTeller? _way;
    private bool _hasBegun;

    public Task<IAsyncEnumerable<ListingBatch>> BeginAsync(ListingMark? since, string? madeBy, CancellationToken cancellationToken) =>
        GuardAsync(
            async () =>
            {
                (_server, _session) = await servers.OpenAsync(madeBy, cancellationToken);
                await LookAsync(cancellationToken);
                if (since is null)
                    return await FullAsync(cancellationToken);
                if (await ChangesAsync(since, cancellationToken) is { } changes)
                    return changes;
                LdapLog.MarkDoesNotFit(logger, directory, since.Method);
                return await FullAsync(cancellationToken);
            },
            cancellationToken);

    public Task<bool> MoveNextAsync(IAsyncEnumerator<ListingBatch> batches, CancellationToken cancellationToken)
    {
        _hasBegun = true;
        return GuardAsync(() => batches.MoveNextAsync().AsTask(), cancellationToken);
    }

    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IAsyncEnumerable<ListingBatch>?> ChangesAsync(ListingMark since, CancellationToken cancellationToken)
    {
        _way = ways.For(_scope!.RootDse).FirstOrDefault(way => way.Method == since.Method);
        return _way is null ? null : await _way.BeginChangesAsync(_scope, since, cancellationToken);
    }

    private async Task<IAsyncEnumerable<ListingBatch>> FullAsync(CancellationToken cancellationToken)
    {
        foreach (var way in ways.For(_scope!.RootDse))
        {
            await RenewAsync(cancellationToken);
            _way = way;
            if (await way.BeginFullAsync(_scope, cancellationToken) is { } batches)
                return batches;
            LdapLog.ChangesRefused(logger, _scope.Searches.Server, way.Method);
        }

        _way = null;
        await RenewAsync(cancellationToken);
        return _scope.AllAsync(static () => null, tellsGone: false, note: null, cancellationToken);
    }

    /// <summary>After answers that were not read to their end.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (_session!.IsUsable)
            return;
        await _session.DisposeAsync();
        (_server, _session) = await servers.OpenAsync(_server!.Name, cancellationToken);
        await LookAsync(cancellationToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var searches = searchesOf(_server!, _session!);
        var rootDse = await RootDse.ReadAsync(searches, cancellationToken);
        rootDse.RequireCaughtUp(_server!);
        _scope = scopeOf(searches, rootDse);
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken)
    {
        try
        {
            return await step();
        }
        catch (ListingException exception)
        {
            Failed(exception.Reason);
            throw;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new ListingException(UnknownReason.InternalError, $"{directory}: the reading failed by a fault of our own: {exception.Message}", exception);
        }
    }

    private void Failed(UnknownReason reason)
    {
        if (_server is not null)
            servers.Failed(_server);
        // What comes after the beginning is pages, whatever the way, but for one.
        if (_way is null || (_hasBegun && !_way.HasNoPages) || !SpeaksOfTheWay(reason))
            return;
        ways.GiveUp(_way);
        LdapLog.ChangesGivenUp(logger, directory, _way.Method);
    }

    /// <summary>The server lives, and would have none of it, or not within its limits: paged results may fare better.</summary>
    private static bool SpeaksOfTheWay(UnknownReason reason) =>
        reason is UnknownReason.SizeLimit or UnknownReason.TimeLimit or UnknownReason.Timeout or UnknownReason.AccessRefused or UnknownReason.ServerError or UnknownReason.ProtocolError;
}
