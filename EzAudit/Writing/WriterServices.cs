using System.Collections.Concurrent;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Storage.Appending;
using EzAudit.Writing.Background;

namespace EzAudit.Writing;

/// <summary>The services of a writer that outlive a reload of the settings.</summary>
internal sealed class WriterServices(WriterOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, LossCount> _losses = new(StringComparer.Ordinal);

    public AuditRegistry Registry { get; } = new();

    /// <summary>The open log files.</summary>
    public Shared<LogFileKey, OpenFile> Files { get; } = new(static file => file.Log.Dispose());

    /// <summary>The sealers of their directories.</summary>
    public Shared<SealKey, OpenSealer> Sealers { get; } = new(static sealer => sealer.Dispose());

    public Housekeeper Housekeeper { get; } = new();

    /// <summary>The thread of the writer; a trial, which writes nothing, never starts it.</summary>
    public MaintenanceThread Maintenance { get; } = new(failure => options.Diagnostics.Report("maintenance", $"The maintenance of the audit trail failed: {failure.Message}"));

    public AuditMeter Meter { get; } = new(options.MeterFactory, options.Name);

    public FileChanges Changes { get; } = new();

    /// <summary>Requests a round of the anchors.</summary>
    public Action WakeAnchors { get; private set; } = static () => { };

    /// <summary>The losses on the way to a file or target; kept when the settings change.</summary>
    public LossCount LossesOf(string target) => _losses.GetOrAdd(target, _ => new LossCount());

    /// <summary>The definition of a function; if no plugin defines it, a definition that has only a name.</summary>
    public AuditFunction FunctionNamed(string name) =>
        Registry.TryGetFunction(name, out AuditFunction? known) ? known : OwnFunctions.All.FirstOrDefault(own => own.Name == name) ?? new AuditFunction { Name = name };

    /// <summary>Starts the maintenance of the log files.</summary>
    public void StartMaintenance()
    {
        Housekeeper.Wake = Maintenance.Add(Housekeeper.Round, TimeSpan.Zero);
        WakeAnchors = Maintenance.Add(
            () => Sealers.Open.Select(sealer => sealer.Anchors.Round()).Where(rest => rest != MaintenanceThread.OnRequest).DefaultIfEmpty(MaintenanceThread.OnRequest).Min(),
            TimeSpan.Zero);
        Maintenance.Start();
    }

    /// <summary>Must be called after all tables are closed.</summary>
    public void Dispose()
    {
        Maintenance.Dispose();
        Meter.Dispose();
    }
}
