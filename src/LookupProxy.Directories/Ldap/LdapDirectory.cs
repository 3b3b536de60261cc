using System.Collections.Immutable;
using LookupProxy.Core.Directories;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.Ldap.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Directories.Ldap;

/// <summary>Directory type "ldap".</summary>
public sealed class LdapDirectory : IDirectory
{
    private LdapDirectory(string name, ImmutableArray<IDirectoryServer> servers)
    {
        Name = name;
        Servers = servers;
    }

    public string Name { get; }

    public string Type => "ldap";

    public IReadOnlyList<IDirectoryServer> Servers { get; }

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
        var references = new ReferenceJudge(options.References, schema.ActiveDirectoryPartitions);
        var reader = new OutcomeReader(schema, recipients, references, template.Asserted);
        var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<LdapDirectory>();
        return new(options.Name, [.. options.Servers.Select(Server)]);

        IDirectoryServer Server(LdapServerOptions server)
        {
            var searcher = connect(server);
            var look = new SightLook(searcher, options.BaseDns, question, new SightReader(references));
            var sight = new Sight(look.LookAsync, time ?? TimeProvider.System);
            return new LdapDirectoryServer(NameOf(server.Uri), searcher, options.BaseDns, question, reader, sight, logger);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
    }

    /// <summary>Without user information, should somebody have put a password there.</summary>
    private static string NameOf(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
