using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Client;
using LookupProxy.TestKit.Ldap;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Tests.Ldap.Listing;

/// <summary>Directories whose recipients are listed over the wire.</summary>
internal static class Listed
{
    public static LdapDirectory ConnectTo(this LdapListingOptions listing, string schema, params IEnumerable<ScriptedLdapServer> servers) =>
        listing.ConnectTo(schema, baseDns: [], servers);

    public static LdapDirectory ConnectTo(this LdapListingOptions listing, string schema, string[] baseDns, params IEnumerable<ScriptedLdapServer> servers) => LdapDirectory.Create(
        Directory.Options(Directory.Schema(schema), baseDns) with
        {
            Servers = [.. servers.Select(server => new LdapServerOptions { Uri = server.Uri, ConnectTimeout = TimeSpan.FromSeconds(20), Backoff = TimeSpan.Zero })],
            Listing = listing,
        },
        options => LdapClient.Create(options, NullLogger.Instance, TimeProvider.System));

    public static async Task<List<ListingBatch>> ReadAsync(this IRecipientListing listing, ListingMark? since = null)
    {
        var batches = new List<ListingBatch>();
        await foreach (var batch in listing.ReadAsync(since, TestContext.Current.CancellationToken))
            batches.Add(batch);
        Assert.All(batches, batch => Assert.Equal(batches[0].IsFull, batch.IsFull));
        Assert.All(batches.SkipLast(1), batch => Assert.Null(batch.Mark));
        return batches;
    }

    public static async Task<ListingException> FailAsync(this IRecipientListing listing, UnknownReason reason, ListingMark? since = null)
    {
        var thrown = await Assert.ThrowsAsync<ListingException>(() => listing.ReadAsync(since));
        Assert.Equal(reason, thrown.Reason);
        return thrown;
    }

    public static bool IsFull(this List<ListingBatch> batches) => batches[0].IsFull;

    public static ListingMark? Mark(this List<ListingBatch> batches) => batches[^1].Mark;

    public static IEnumerable<string> Addresses(this List<ListingBatch> batches) =>
        batches.SelectMany(batch => batch.Recipients).SelectMany(recipient => recipient.Addresses).Select(address => address.Text).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Gone(this List<ListingBatch> batches) => batches.SelectMany(batch => batch.Gone).Order(StringComparer.Ordinal);

    public static string Mail(int person) => $"u{person:D4}@shared.example";

    public static ScriptedLdapServer WithPeople(this ScriptedLdapServer server, int count)
    {
        for (var i = 0; i < count; i++)
            server.WithEntry($"uid=u{i:D4},{Directory.Base}", ("objectClass", "inetOrgPerson"), ("mail", Mail(i)));
        return server;
    }
}
