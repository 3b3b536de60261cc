using LookupProxy.Core.Directories;
using LookupProxy.Directories.File;
using LookupProxy.Directories.Ldap;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Ldap.Client;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>Directories out of their settings. None is waited for.</summary>
internal sealed class DirectoryFactory(ILoggerFactory loggers, TimeProvider time)
{
    private readonly ILogger _logger = loggers.CreateLogger(HostLog.Category);

    /// <summary>A directory that cannot be set up becomes a <see cref="StandInDirectory"/>: the others can still say who exists.</summary>
    public IDirectory Create(DirectorySettings settings)
    {
        try
        {
            return settings switch
            {
                DirectorySettings.Ldap ldap => LdapDirectory.Create(ldap.Options, Connect(ldap.Options), loggers, time),
                DirectorySettings.File file => FileDirectory.Open(file.Options, loggers.CreateLogger<FileDirectory>(), time),
                _ => throw new InvalidOperationException($"No directory is made of {settings.GetType().Name}"),
            };
        }
        catch (Exception e)
        {
            HostLog.DirectoryNotSetUp(_logger, e, settings.Name);
            return new StandInDirectory(settings.Name, e.Message);
        }
    }

    /// <summary>The servers of a directory know the same account.</summary>
    private Func<LdapServerOptions, ILdapClient> Connect(LdapDirectoryOptions directory)
    {
        var refusedBinds = new RefusedBinds(directory.Servers[0].RefusedBindBackoff, time);
        return server => LdapClient.Create(server, loggers.CreateLogger(typeof(LdapClient)), time, refusedBinds);
    }
}
