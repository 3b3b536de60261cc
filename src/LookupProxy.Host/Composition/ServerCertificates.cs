using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Host.Configuration.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The certificates of all endpoints, and the alarms of those that end soon: nothing else here would show it, since it is the gateways that turn away.</summary>
internal sealed class ServerCertificates : IAlarmSource, IDisposable
{
    /// <summary>For the log. Health and metrics know it whenever they are asked.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ImmutableDictionary<(string Certificate, string? Key), ServerCertificate> _all;
    private readonly ITimer _timer;
    private ImmutableArray<Alarm> _told;

    /// <param name="settings">Of each endpoint that has some.</param>
    public ServerCertificates(IEnumerable<ServerTlsSettings> settings, TimeProvider time, ILogger logger)
    {
        (_time, _logger) = (time, logger);
        _all = settings.DistinctBy(Files).ToImmutableDictionary(Files, one => new ServerCertificate(one, time, logger));
        // At the start the configuration's warnings have told it.
        _told = Current;
        _timer = time.CreateTimer(_ => Tell(), null, TellEvery, TellEvery);
    }

    public ImmutableArray<Alarm> Current => [.. _all.Values.Select(certificate => certificate.AlarmAt(_time.GetUtcNow())).OfType<Alarm>()];

    public ServerCertificate Of(ServerTlsSettings settings) => _all[Files(settings)];

    public void Dispose() => _timer.Dispose();

    private static (string Certificate, string? Key) Files(ServerTlsSettings settings) => (settings.CertificateFile, settings.KeyFile);

    private void Tell()
    {
        var alarms = Current;
        foreach (var alarm in alarms.Except(_told))
            HostLog.CertificateEnds(_logger, alarm.Name, alarm.Subject, alarm.Text);
        _told = alarms;
    }
}
