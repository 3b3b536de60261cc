using System.Diagnostics;
using System.Diagnostics.Metrics;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Health;

/// <summary>Not beside other tests: a listener hears every resolver of the process.</summary>
[Collection(nameof(Alone))]
public sealed class MetricsTests
{
    [Fact]
    public void Lookups_are_counted_by_namespace_verdict_and_source()
    {
        using var world = World.Of(1);
        using var meter = new Reader();
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Ask("anna@corp.example");
        world.Ask("anna@corp.example");
        world.Ask("postmaster@corp.example");
        world.Ask("anna@elsewhere.example");
        Assert.Equal(1, meter.Sum("lookupproxy.lookups", ("namespace", "shared"), ("verdict", "valid"), ("source", "live")));
        Assert.Equal(2, meter.Sum("lookupproxy.lookups", ("namespace", "shared"), ("verdict", "valid"), ("source", "memory")));
        Assert.Equal(1, meter.Sum("lookupproxy.lookups", ("source", "rule"), ("verdict", "valid")));
        Assert.Equal(1, meter.Sum("lookupproxy.lookups", ("verdict", "not_ours")));
        Assert.Equal(5, meter.Sum("lookupproxy.lookups"));
    }

    [Fact]
    public void Directories_answers_are_counted_and_timed_in_seconds()
    {
        using var world = World.Of(2);
        using var meter = new Reader();
        Behaviours.Set(world[0], Behaviour.AbsentSlowly);
        Behaviours.Set(world[1], Behaviour.Refuses);
        world.Ask("anna@corp.example");
        Assert.Equal(1, meter.Sum("lookupproxy.directory.answers", ("directory", "d0"), ("answer", "absent")));
        Assert.Equal(1, meter.Sum("lookupproxy.directory.answers", ("directory", "d1"), ("answer", "unknown"), ("reason", "busy")));
        Assert.Equal(1.0, meter.Sum("lookupproxy.directory.duration", ("directory", "d0")), 3);
        Assert.Equal(1.0, meter.Sum("lookupproxy.lookup.duration", ("verdict", "unknown")), 3);
    }

    [Fact]
    public void A_stale_verdict_is_counted_as_such()
    {
        using var world = World.Of(1);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists]);
        Behaviours.Set(world[0], Behaviour.Refuses);
        using var meter = new Reader();
        world.Ask("anna@corp.example");
        Assert.Equal(1, meter.Sum("lookupproxy.lookups", ("verdict", "valid"), ("source", "stale")));
    }

    [Fact]
    public void State_is_read_when_somebody_looks()
    {
        using var world = World.Of(2);
        using var meter = new Reader();
        Behaviours.Set(world[0], Behaviour.Refuses);
        Behaviours.Set(world[1], Behaviour.AbsentSlowly);
        world.Ask("anna@corp.example");
        _ = world.Start("bert@corp.example");
        meter.Observe();
        Assert.Equal(1, meter.Last("lookupproxy.server.breaker", ("directory", "d0"), ("server", "d0s0"), ("state", "open")));
        Assert.Equal(0, meter.Last("lookupproxy.server.breaker", ("directory", "d0"), ("server", "d0s0"), ("state", "closed")));
        Assert.Equal(1, meter.Last("lookupproxy.server.breaker", ("directory", "d1"), ("server", "d1s0"), ("state", "closed")));
        Assert.Equal(1, meter.Last("lookupproxy.server.outstanding", ("directory", "d1")));
        Assert.Equal(1, meter.Last("lookupproxy.flights"));
        Assert.Equal(1, meter.Last("lookupproxy.cache.entries", ("cache", "absent")));
        Assert.Equal(0, meter.Last("lookupproxy.cache.entries", ("cache", "exists")));
        Assert.Equal(0, meter.Last("lookupproxy.cache.evictions", ("cache", "exists")));
    }

    [Fact]
    public void Hedges_and_refreshes_are_counted()
    {
        using var world = World.Of(1, servers: 2);
        using var meter = new Reader();
        Behaviours.Set(world.Directories[0].All[0], Behaviour.ExistsSlowly);
        Behaviours.Set(world.Directories[0].All[1], Behaviour.Exists);
        world.Ask("anna@corp.example");
        Assert.Equal(1, meter.Sum("lookupproxy.directory.hedges", ("directory", "d0")));
        world.Advance(TimeSpan.FromMinutes(55));
        world.Ask("anna@corp.example");
        Assert.Equal(1, meter.Sum("lookupproxy.refreshes", ("namespace", "shared")));
    }

    [Fact]
    public void A_live_lookup_is_a_span_with_one_for_each_directory_and_no_address()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "LookupProxy",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.AbsentSlowly);
        Behaviours.Set(world[1], Behaviour.Refuses);
        world.Ask("anna@corp.example");
        var lookup = Assert.Single(spans, static span => span.OperationName == "lookup");
        Activity[] questions = [.. spans.Where(static span => span.OperationName == "ask directory").OrderBy(static span => span.GetTagItem("lookupproxy.directory"))];
        Assert.Equal(["d0", "d1"], questions.Select(static span => span.GetTagItem("lookupproxy.directory")));
        Assert.All(questions, span => Assert.Equal(lookup.SpanId, span.ParentSpanId));
        Assert.Equal("unknown", lookup.GetTagItem("lookupproxy.verdict"));
        Assert.Equal("absent", questions[0].GetTagItem("lookupproxy.answer"));
        Assert.Equal("busy", questions[1].GetTagItem("lookupproxy.reason"));
        Assert.DoesNotContain(spans.SelectMany(static span => span.TagObjects), static tag => tag.Value?.ToString()?.Contains("anna", StringComparison.Ordinal) == true);

        // From memory there is none.
        Behaviours.Set(world[1], Behaviour.Absent);
        world.Advance(2);
        world.Ask("anna@corp.example");
        spans.Clear();
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Empty(spans);
    }

    private sealed class Reader : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, double Value, Dictionary<string, object?> Tags)> _seen = [];

        public Reader()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "LookupProxy.Resolution")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => See(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
            _listener.Start();
        }

        public void Observe() => _listener.RecordObservableInstruments();

        public double Sum(string name, params (string Key, string Value)[] tags) => Of(name, tags).Sum(static seen => seen.Value);

        public double Last(string name, params (string Key, string Value)[] tags) => Of(name, tags).Last().Value;

        public void Dispose() => _listener.Dispose();

        private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name, (string Key, string Value)[] tags) =>
            _seen.Where(seen => seen.Name == name && tags.All(tag => Equals(seen.Tags.GetValueOrDefault(tag.Key), tag.Value)));

        private void See(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _seen.Add((instrument.Name, value, tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value)));
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
