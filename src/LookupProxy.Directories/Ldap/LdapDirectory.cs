using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Searching;
using LookupProxy.Core.Text;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Credentials;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Directories.Ldap.Gathering;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Directories.Ldap.Replication;
using LookupProxy.Directories.Ldap.Searching;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Ldap;

/// <summary>Directory type "ldap".</summary>
public sealed class LdapDirectory : IDirectory, IRecipientListing, IRecipientSearch, ICredentialCheck, IAlarmSource, IAcceptance
{
    /// <summary>A domain controller that was started catches up within minutes, by itself.</summary>
    private static readonly TimeSpan LongBehind = TimeSpan.FromMinutes(15);

    private readonly LdapListing _listing;
    private readonly LdapRecipientSearch _search;
    private readonly UserCheck _users;
    private readonly ImmutableArray<CatchUp> _catchUps;
    private readonly ImmutableArray<(string Server, ShownAttributes Attributes)> _shown;
    private readonly TimeProvider _clock;

    private LdapDirectory(
        LdapDirectoryOptions options,
        ImmutableArray<IDirectoryServer> servers,
        ImmutableArray<CatchUp> catchUps,
        ImmutableArray<(string Server, ShownAttributes Attributes)> shown,
        LdapListing listing,
        LdapRecipientSearch search,
        UserCheck users,
        TimeProvider clock)
    {
        _catchUps = catchUps;
        _shown = shown;
        _clock = clock;
        _search = search;
        _users = users;
        Name = options.Name;
        Origin = options.Origin;
        PublishedAttributes = options.PublishedAttributes;
        Servers = servers;
        _listing = listing;
    }

    public string Name { get; }

    public string Type => "ldap";

    public IReadOnlyList<IDirectoryServer> Servers { get; }

    public string Origin { get; }

    public IReadOnlyCollection<string> PublishedAttributes { get; }

    /// <param name="options">Checked with <see cref="LdapOptionsCheck"/>; an invalid filter throws <see cref="ArgumentException"/>.</param>
    /// <param name="connect">Makes the client of one server. Must not wait for the server.</param>
    /// <param name="time">The system's when null.</param>
    public static LdapDirectory Create(
        LdapDirectoryOptions options,
        Func<LdapServerOptions, ILdapClient> connect,
        ILoggerFactory? loggers = null,
        TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.BaseDns.Length, nameof(options));
        if (!FilterTemplate.TryParse(options.Schema.Filter, out var template, out var fault))
            throw new ArgumentException($"{options.Name}: filter: {fault}", nameof(options));

        var schema = options.Schema;
        var recipients = new RecipientReader(options.Name, schema, options.PublishedAttributes);
        var question = new LdapQuestion(template, schema, recipients.Attributes);
        var references = new ReferenceJudge(options.References, schema.IsActiveDirectory);
        var reader = new OutcomeReader(schema, recipients, references);
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<LdapDirectory>();
        var clock = time ?? TimeProvider.System;
        var clients = options.Servers
            .Select(server => new ListingServer(NameOf(server.Uri), connect(server), SignsOf(server.Uri)))
            .ToImmutableArray();
        var all = new ListingQuestion(options.Listing, template, recipients.Attributes);
        var entries = new ListedEntryReader(schema, recipients, template.Asserted);
        var listing = new LdapListing(options, clients, all, entries, references, logger, clock);
        var search = new LdapRecipientSearch(options, clients, all, entries, references);
        var catchUps = new List<CatchUp>();
        var allShown = new List<(string, ShownAttributes)>();
        var servers = clients.Select(Server).ToImmutableArray();
        var users = new UserCheck([.. servers.Zip(clients, (made, client) => new UserServer(made, client.Client, options.BaseDns, schema.PrincipalNameAttribute))], clock);
        return new(options, servers, [.. catchUps], [.. allShown], listing, search, users, clock);

        ImmutableArray<string> SignsOf(Uri uri) => schema.IsActiveDirectory && options.Unsynchronized == UnsynchronizedPolicy.Unknown ? CatchUpLook.SignsOf(uri) : [];

        IDirectoryServer Server(ListingServer server)
        {
            var searcher = server.Client;
            var shown = new ShownAttributes(template.AssertedAttributes, missing => LdapLog.AttributesChanged(logger, server.Name, missing), clock);
            allShown.Add((server.Name, shown));
            var look = new SightLook(searcher, options.BaseDns, question, new SightReader(references), shown);
            var sight = new Sight(look.LookAsync, clock);
            var catchUp = server.Signs.IsEmpty ? null : CatchUpOf(server);
            var throttle = new LogThrottle(clock, burst: 1, TimeSpan.FromHours(1));
            var most = question.CanBeShared ? options.AddressesPerSearch : 1;
            var gatherers = options.BaseDns.Select(baseDn => new Gatherer(baseDn, question, searcher, most, shown, IsUseless, clock)).ToImmutableArray();
            return new LdapDirectoryServer(server.Name, searcher, gatherers, question, reader, sight, shown, catchUp, clock, logger);

            void IsUseless(string why) => LdapLog.NotShared(logger, server.Name, why, throttle);
        }

        CatchUp CatchUpOf(ListingServer server)
        {
            var look = new CatchUpLook(server.Name, server.Client, server.Signs);
            var made = new CatchUp(look.LookAsync, behind => LdapLog.CatchUpChanged(logger, server.Name, behind), clock);
            catchUps.Add(made);
            return made;
        }
    }

    /// <summary>Domain controllers that do not catch up, and servers that keep back an attribute.</summary>
    public ImmutableArray<Alarm> Current
    {
        get
        {
            var now = _clock.GetUtcNow();
            var behind = _catchUps.Select(static one => one.Gap).OfType<(string What, DateTimeOffset Since)>().Where(gap => now - gap.Since >= LongBehind);
            return
            [
                .. AlarmOf("not-synchronized", behind, "Until then who is not found there is deferred, unless another server can say."),
                .. AlarmOf(
                    "attribute-missing",
                    from one in _shown
                    let missing = one.Attributes.Missing
                    where missing is not null
                    select ($"{one.Server} finds nobody by {Details.Listed(missing.Names)} any more, though those whom it found are there", missing.Since),
                    "Who is not found there is deferred, unless another server can say. Look whether our account may still read and search it; "
                    + $"if nobody has it any more, take it out of directories.{Name}.filter, or run: {IAcceptance.CommandFor(Name)}"),
            ];
        }
    }

    public ValueTask<string?> AcceptAsync(string directory, CancellationToken cancellationToken)
    {
        if (directory != Name)
            return new((string?)null);
        string[] accepted = [.. _shown.SelectMany(static one => one.Attributes.Accept()).Distinct(StringComparer.OrdinalIgnoreCase)];
        return new(accepted.Length == 0 ? null : $"nobody in {Name} has {Details.Listed(accepted)} any more: who is not found there is absent again");
    }

    public IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, CancellationToken cancellationToken) => _listing.ReadAsync(since, cancellationToken);

    public bool HasPrincipalNames => _users.HasPrincipalNames;

    public bool Holds(string name) => _search.Holds(name);

    public IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, CancellationToken cancellationToken) =>
        _search.SearchAsync(question, cancellationToken);

    public ValueTask<CredentialAnswer> CheckAsync(Address user, ReadOnlyMemory<byte> password, CancellationToken cancellationToken) =>
        _users.CheckAsync(user, password, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
    }

    private ImmutableArray<Alarm> AlarmOf(string name, IEnumerable<(string What, DateTimeOffset Since)> faults, string andThen)
    {
        (string What, DateTimeOffset Since)[] all = [.. faults];
        return all.Length == 0 ? [] : [new Alarm(name, Name, $"{string.Join("; ", all.Select(static one => one.What))}. {andThen}", all.Min(static one => one.Since))];
    }

    /// <summary>Without user information, should somebody have put a password there.</summary>
    private static string NameOf(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
