using System.Diagnostics.Metrics;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.Ldap.Client.Tests.Telemetry;

public class MetricsTests
{
    [Fact]
    public async Task Connections_and_searches_of_a_server_can_be_observed()
    {
        await using var server = Clients.Server().OnSearch(LdapScripts.Hang).Start();
        var client = server.Options().Client();
        _ = client.AskAsync();
        _ = client.AskAsync();
        await server.Ledger.WaitUntilAsync(ledger => ledger.Searches == 2);

        Assert.Equal(1, Read("lookupproxy.ldap.client.connections", client.Server));
        Assert.Equal(2, Read("lookupproxy.ldap.client.searches.outstanding", client.Server));
        await client.DisposeAsync();

        Assert.Null(Read("lookupproxy.ldap.client.connections", client.Server));
    }

    [Fact]
    public async Task A_failed_attempt_is_counted_by_its_fault()
    {
        await using var server = Clients.Server().OnBind(LdapScripts.BindResult(ResultCode.Busy)).Start();
        await using var client = (server.Options() with { Bind = new LdapBindOptions { Method = LdapBindMethod.Simple, Name = "cn=svc", ReadPassword = () => "secret" } }).Client();
        var faults = new List<object?>();
        using var listener = Listen("lookupproxy.ldap.client.connect.failures");
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (Tag(tags, "server") as string == client.Server)
                faults.Add(Tag(tags, "fault"));
        });
        listener.Start();

        (await client.AskAsync()).MustBeFault(LdapFaultKind.BindRefused);

        Assert.Equal(["bind_refused"], faults);
    }

    private static int? Read(string instrument, string server)
    {
        int? value = null;
        using var listener = Listen(instrument);
        listener.SetMeasurementEventCallback<int>((_, measurement, tags, _) =>
        {
            if (Tag(tags, "server") as string == server)
                value = measurement;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return value;
    }

    private static MeterListener Listen(string name) => new()
    {
        InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == LdapClient.MeterName && instrument.Name == name)
                listener.EnableMeasurementEvents(instrument);
        },
    };

    private static object? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == name)
                return tag.Value;
        }

        return null;
    }
}
