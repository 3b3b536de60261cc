using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Text;
using LookupProxy.Directories.Ldap.Answers;
using LookupProxy.Ldap.Filters;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.Ldap;

internal static partial class LdapLog
{
    [LoggerMessage(EventIds.LdapQuestionFailed, LogLevel.Error, "{Server}: asking failed by a fault of our own")]
    public static partial void QuestionFailed(ILogger logger, string server, Exception exception);

    [LoggerMessage(EventIds.LdapFilterIgnored, LogLevel.Warning, "{Server}: gave {Entry}, which does not hold the address asked for: it does not heed the filter. {Suppressed} like it were not logged.")]
    public static partial void FilterIgnored(ILogger logger, string server, string entry, int suppressed);

    [LoggerMessage(EventIds.LdapMarkDoesNotFit, LogLevel.Information, "{Directory}: the changes since the last reading cannot be told ({Method}): all recipients are read")]
    public static partial void MarkDoesNotFit(ILogger logger, string directory, string method);

    [LoggerMessage(EventIds.LdapChangesRefused, LogLevel.Information, "{Server}: refuses to tell changes by {Method}")]
    public static partial void ChangesRefused(ILogger logger, string server, string method);

    [LoggerMessage(EventIds.LdapChangesGivenUp, LogLevel.Warning, "{Directory}: reading recipients by {Method} failed; the next readings go without it")]
    public static partial void ChangesGivenUp(ILogger logger, string directory, string method);

    /// <param name="behind">Null when it has caught up.</param>
    public static void CatchUpChanged(ILogger logger, string server, Answer.Unknown? behind)
    {
        if (behind is null)
            CaughtUp(logger, server);
        else
            Behind(logger, behind.Detail);
    }

    [LoggerMessage(EventIds.LdapBehind, LogLevel.Warning, "{Detail}; nobody is absent by its word until then")]
    private static partial void Behind(ILogger logger, string detail);

    [LoggerMessage(EventIds.LdapCaughtUp, LogLevel.Information, "{Server}: has caught up with the other domain controllers; its word counts again")]
    private static partial void CaughtUp(ILogger logger, string server);

    /// <param name="missing">None when they are back.</param>
    public static void AttributesChanged(ILogger logger, string server, ImmutableArray<string> missing)
    {
        if (missing.IsEmpty)
            AttributesBack(logger, server);
        else
            AttributesMissing(logger, server, Details.Listed(missing));
    }

    [LoggerMessage(EventIds.LdapAttributesMissing, LogLevel.Warning, "{Server}: nobody is found by {Attributes} any more, though those who were are there: who is not found there is deferred")]
    private static partial void AttributesMissing(ILogger logger, string server, string attributes);

    [LoggerMessage(EventIds.LdapAttributesBack, LogLevel.Information, "{Server}: people are found by all attributes of the filter again, or the loss was accepted; its word counts again")]
    private static partial void AttributesBack(ILogger logger, string server);

    public static void NotShared(ILogger logger, string server, string why, LogThrottle throttle)
    {
        if (throttle.Allow(out var suppressed))
            NotShared(logger, server, why, suppressed);
    }

    [LoggerMessage(EventIds.LdapNotShared, LogLevel.Information, "{Server}: a search for several addresses told nothing ({Why}): each is asked for alone, for a minute. {Suppressed} like it were not logged.")]
    private static partial void NotShared(ILogger logger, string server, string why, int suppressed);

    public static void Asked(ILogger logger, string server, string baseDn, LdapFilter filter, Answer answer)
    {
        if (logger.IsEnabled(LogLevel.Debug))
            Asked(logger, server, baseDn, FilterText.Format(filter), answer);
    }

    [LoggerMessage(EventIds.LdapAsked, LogLevel.Debug, "{Server}: {Filter} below {BaseDn}: {Answer}")]
    private static partial void Asked(ILogger logger, string server, string baseDn, string filter, Answer answer);
}
