using System.Net;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Ldap.Firewall;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Ldap.Server;

internal static partial class LdapLog
{
    [LoggerMessage(EventIds.LdapSearchThrew, LogLevel.Error, "ldap: a search failed by a fault of ours; the client is told to try again.")]
    public static partial void SearchThrew(ILogger logger, Exception exception);

    [LoggerMessage(
        EventIds.LdapUndecided,
        LogLevel.Warning,
        "ldap: a search for a valid recipient was refused: {Why}. Let the directories publish the attribute, or set it in endpoints.ldap.entries. {Suppressed} like it were not logged.")]
    public static partial void Undecided(ILogger logger, string why, int suppressed);

    [LoggerMessage(
        EventIds.LdapNothingAskedFor,
        LogLevel.Warning,
        "ldap: {Client} found a valid recipient, whose entry has none of the attributes that it asked for ({Attributes}): Postfix, for one, takes that for no such recipient. Ask for one that all have, such as mail, or set it in endpoints.ldap.entries. {Suppressed} like it were not logged.")]
    public static partial void NothingAskedFor(ILogger logger, EndPoint? client, string attributes, int suppressed);

    [LoggerMessage(
        EventIds.LdapSearchRefused,
        LogLevel.Warning,
        "ldap: {Client} as {Account} was refused a search, which a gateway takes for a temporary failure: {Why}. {Suppressed} like it were not logged.")]
    public static partial void SearchRefused(ILogger logger, EndPoint? client, string account, string why, int suppressed);

    [LoggerMessage(EventIds.LdapBindFailed, LogLevel.Warning, "ldap: {Client} failed to bind as {Account}: {Why}. {Suppressed} like it were not logged.")]
    public static partial void BindFailed(ILogger logger, EndPoint? client, string account, string why, int suppressed);

    [LoggerMessage(EventIds.LdapBindThrew, LogLevel.Error, "ldap: a bind could not be decided; the client is told to try again.")]
    public static partial void BindThrew(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.LdapRefused, LogLevel.Warning, "ldap: {Client} as {Account} was refused a question of kind {Question}; the rule is {Rule}. {Suppressed} like it were not logged.")]
    public static partial void Refused(ILogger logger, EndPoint? client, string account, LdapQuestions question, string rule, int suppressed);

    [LoggerMessage(EventIds.LdapEnumerationPartial, LogLevel.Warning, "ldap: a list is told without all of {Directory}, and the client told so: {Reason}: {Detail}.")]
    public static partial void EnumerationPartial(ILogger logger, string directory, UnknownReason reason, string detail);

    [LoggerMessage(EventIds.LdapEnumerationStalled, LogLevel.Warning, "ldap: a list is told in part, and the client told so: no directory brought more within {Time}.")]
    public static partial void EnumerationStalled(ILogger logger, TimeSpan time);

    [LoggerMessage(EventIds.LdapHandshakeFailed, LogLevel.Debug, "ldap: {Client}: the TLS handshake failed.")]
    public static partial void HandshakeFailed(ILogger logger, Exception exception, EndPoint? client);
}
