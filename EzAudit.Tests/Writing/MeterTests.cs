using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.Writing;

/// <summary>The meter <c>EzAudit</c> as seen by OpenTelemetry and by a host.</summary>
[TestClass]
[DoNotParallelize] // The host's writer is the one current writer of the process.
public sealed class MeterTests
{
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly ConcurrentQueue<KeyValuePair<string, object?>> _tags = new();

    [TestMethod]
    public async Task InstrumentsHaveNamesUnitsAndDescriptions()
    {
        await ListenAsync();
        CollectionAssert.AreEquivalent(
            new[]
            {
                "ezaudit.records {record} Counter", "ezaudit.losses {record} Counter", "ezaudit.text.errors {field} Counter", "ezaudit.write.duration s Histogram", "ezaudit.sync.duration s Histogram",
                "ezaudit.sent {record} Counter", "ezaudit.send.duration s Histogram", "ezaudit.dead_letters {record} ObservableUpDownCounter",
                "ezaudit.queue.size By ObservableUpDownCounter", "ezaudit.file.size By ObservableUpDownCounter", "ezaudit.disk.free By ObservableGauge", "ezaudit.target.state {state} ObservableGauge",
            },
            _instruments.Values.Select(instrument => $"{instrument.Name} {instrument.Unit} {instrument.GetType().Name.Split('`')[0]}").ToArray());
        Assert.IsTrue(_instruments.Values.All(instrument => instrument.Description is { Length: > 10 }));
        Assert.IsFalse(_instruments.Keys.Any(name => _instruments.Keys.Any(other => other.StartsWith(name + ".", StringComparison.Ordinal))), "No name is a prefix of another.");
    }

    [TestMethod]
    public void EachInstrumentMeasuresWhatHappened()
    {
        string function = $"own-{Guid.NewGuid():N}";
        var figures = new ConcurrentDictionary<string, double>();
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[{function}]={function}.log\n[Function-{function}]\nOnFailure=continue\n");
        using MeterListener listener = Listen(function, figures);
        Assert.IsTrue(site.Writer.WriteAudit(function));
        Assert.IsTrue(site.Writer.WriteAudit(function, ("Hostile", new Silent())));
        File.Delete(site.Root[$"{AuditSite.LogDirectory}/{function}.log"]);
        using (new Obstruction(site.Root[$"{AuditSite.LogDirectory}/{function}.log"]))
        {
            // While its lease lasts, it continues to write to the deleted file.
            Assert.IsTrue(SpinWait.SpinUntil(() => !site.Writer.WriteAudit(function), TimeSpan.FromSeconds(30)));
            listener.RecordObservableInstruments();
        }

        Assert.AreEqual(3, figures["ezaudit.target.state"], "failing");
        Assert.AreEqual(0, figures["ezaudit.queue.size"]);
        Assert.IsGreaterThan(0, figures["ezaudit.disk.free"]);
        Assert.IsFalse(figures.ContainsKey("ezaudit.file.size"), "The file no longer exists.");
        Assert.AreEqual(1, figures["ezaudit.text.errors"]);
        Assert.AreEqual(1, figures["ezaudit.losses"]);
        Assert.AreEqual(1, figures["ezaudit.records failure"]);
        Assert.IsGreaterThanOrEqualTo(2, figures["ezaudit.records success"]);
        Assert.IsGreaterThan(0, figures["ezaudit.write.duration"]);
        Assert.IsGreaterThan(0, figures["ezaudit.sync.duration"]);

        Assert.IsTrue(site.Writer.WriteAudit(function));
        listener.RecordObservableInstruments();
        Assert.AreEqual(0, figures["ezaudit.target.state"], "healthy");
        Assert.AreEqual(site.Read($"{function}.log").Length, figures["ezaudit.file.size"]);
    }

    [TestMethod]
    [DataRow("call")]
    [DataRow("asynchronous call")]
    [DataRow("record")]
    [DataRow("asynchronous record")]
    [DataRow("batch")]
    [DataRow("asynchronous batch")]
    [DataRow("asynchronous call to a queue")]
    public async Task EveryKindOfCallIsTimedOncePerRecord(string kind)
    {
        string function = $"own-{Guid.NewGuid():N}";
        string durability = kind.EndsWith("queue", StringComparison.Ordinal) ? "queue" : "disk";
        using var site = new AuditSite($"{AuditSite.Enabled}AuditFileNames[{function}]={function}.log\n[Function-{function}]\nDurability={durability}\n");
        var durations = new ConcurrentQueue<double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) => { if (instrument.Name == "ezaudit.write.duration") self.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (tags.ToArray().Any(tag => (string?)tag.Value == function)) durations.Enqueue(seconds);
        });
        listener.Start();
        AuditRecord[] records = [.. Enumerable.Range(0, 3).Select(i => site.Writer.Prepare(function, ("Number", i))!)];
        Assert.IsEmpty(durations);

        Assert.IsTrue(kind switch
        {
            "call" => site.Writer.WriteAudit(function),
            "record" => site.Writer.WriteAudit(records[0]),
            "asynchronous record" => await site.Writer.WriteAuditAsync(records[0]),
            "batch" => site.Writer.WriteAudit(records),
            "asynchronous batch" => await site.Writer.WriteAuditAsync(records),
            _ => await site.Writer.WriteAuditAsync(function),
        });

        Assert.HasCount(kind.EndsWith("batch", StringComparison.Ordinal) ? records.Length : 1, durations);
        Assert.IsTrue(durations.All(seconds => seconds > 0));
    }

    // Sums of counters and histograms, and the last value of other instruments, for one function and its file only.
    private static MeterListener Listen(string function, ConcurrentDictionary<string, double> figures)
    {
        void Add(Instrument instrument, double figure, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (!tags.ToArray().Any(tag => tag.Value is string text && text.StartsWith(function, StringComparison.Ordinal))) return;
            string? outcome = tags.ToArray().SingleOrDefault(tag => tag.Key == "outcome").Value as string;
            string name = outcome is null ? instrument.Name : $"{instrument.Name} {outcome}";
            figures.AddOrUpdate(name, figure, (_, before) => instrument.IsObservable ? figure : before + figure);
        }
        var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "EzAudit") self.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, figure, tags, _) => Add(instrument, figure, tags));
        listener.SetMeasurementEventCallback<double>((instrument, figure, tags, _) => Add(instrument, figure, tags));
        listener.Start();
        return listener;
    }

    [TestMethod]
    public async Task TagsNameNobody()
    {
        await ListenAsync();
        CollectionAssert.AreEquivalent(new[] { "function", "outcome", "target" }, _tags.Select(tag => tag.Key).Distinct().ToArray());
        string values = string.Join(' ', _tags.Select(tag => tag.Value).Distinct());
        Assert.Contains("user-login", values);
        Assert.DoesNotContain("anna", values);
    }

    [TestMethod]
    public async Task DurationsHaveBucketsForSeconds()
    {
        await ListenAsync();
        var duration = (Histogram<double>)_instruments["ezaudit.write.duration"];
        Assert.IsLessThanOrEqualTo(0.0001, duration.Advice!.HistogramBucketBoundaries![0]);
    }

    [TestMethod]
    public async Task AKeyedWriterIsDistinguished()
    {
        await ListenAsync(services => services.AddSingleton<IMeterFactory, OneMeterFactory>());
        Assert.AreEqual("payments", OneMeterFactory.WriterOf(_instruments["ezaudit.records"].Meter));
    }

    // Measurements of one host's writer only, without other writers of the process.
    private async Task ListenAsync(Action<IServiceCollection>? configure = null)
    {
        using var site = new AuditSite();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (configure is null) builder.Services.AddEzAudit(site.Root.Path);
        else builder.Services.AddKeyedEzAudit("payments", site.Root.Path);
        configure?.Invoke(builder.Services);
        using IHost host = builder.Build();
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (!ReferenceEquals(instrument.Meter.Scope, factory) || instrument.Meter.Name != "EzAudit") return;
            _instruments[instrument.Name] = instrument;
            self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Keep(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Keep(tags));
        listener.Start();
        await host.StartAsync();
        AuditWriter writer = configure is null ? host.Services.GetRequiredService<AuditWriter>() : host.Services.GetRequiredKeyedService<AuditWriter>("payments");
        using (AuditContext.Use(new AuditActor("anna", "17"))) writer.WriteAudit("user-login", ("User login", "anna"));
        listener.RecordObservableInstruments();
        await host.StopAsync();
    }

    private void Keep(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags) _tags.Enqueue(tag);
    }

    private sealed class Silent
    {
        public override string ToString() => throw new InvalidOperationException();
    }

    private sealed class OneMeterFactory : IMeterFactory
    {
        public static string? WriterOf(Meter meter) => meter.Tags?.Single(tag => tag.Key == "writer").Value as string;

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            return new Meter(options);
        }

        public void Dispose()
        {
        }
    }
}
