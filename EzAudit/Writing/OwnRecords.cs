using System.Globalization;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Sources;
using EzAudit.Storage;

namespace EzAudit.Writing;

/// <summary>Writes the audit trail's records about itself. Their failures are reported and block nothing.</summary>
internal sealed class OwnRecords(Delivery delivery, WriterOptions options, Func<DateTimeOffset> now)
{
    /// <summary>The actor of these records: EzAudit in this process.</summary>
    public static AuditActor Self { get; } = new("ezaudit", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    public void Started(RouteTable table, string digest) =>
        Write(table, OwnFunctions.Start, ("Process", Environment.ProcessPath), ("Host", options.HostName), ("Settings", digest));

    /// <summary>Writes the very last record, even if the table is already closed to others.</summary>
    public void Stopped(RouteTable table)
    {
        if (options.RecordsStartAndStop && table.FindNamed(OwnFunctions.Stop.Name) is { } route) Deliver(table, route, ("Process", Environment.ProcessPath), ("Host", options.HostName));
    }

    /// <summary>Recorded with the old settings, so that switching audit off is on record, or otherwise with the new ones.</summary>
    public void Changed(RouteTable before, RouteTable after, string digestBefore, SettingsDocument document)
    {
        RouteTable recorder = before.FindNamed(OwnFunctions.ConfigChange.Name) is null ? after : before;
        Write(
            recorder,
            OwnFunctions.ConfigChange,
            ("Audit", $"{State(before)} -> {State(after)}"),
            ("Old settings", digestBefore),
            ("New settings", document.Digest),
            ("Files", string.Join(", ", document.Files)));
    }

    public void FilesChanged(RouteTable table, FileChanges changes)
    {
        while (changes.TryTake(out LogFileChange? change))
        {
            if (change!.Kind == LogFileChangeKind.Rotated) Write(table, OwnFunctions.Rotate, ("File", change.File), ("New name", change.Other));
            if (change.Kind == LogFileChangeKind.Deleted) Deleted(table, change.File);
        }
    }

    // The records are deleted with the file; if no log file is configured for that, it must at least be reported.
    private void Deleted(RouteTable table, string file)
    {
        if (table.FindNamed(OwnFunctions.Delete.Name) is null)
            options.Diagnostics.Report($"deleted {file}", $"{file}: deleted according to KeepFiles and KeepDays; to record this, set AuditFileNames[{OwnFunctions.Delete.Name}].");
        else Write(table, OwnFunctions.Delete, ("File", file));
    }

    public void Recovered(RouteTable table, AuditRecovered recovered, string user) => Write(
        table,
        OwnFunctions.Recover,
        ("File", recovered.File.Path),
        ("Recovered to", recovered.File.LogFile),
        ("Records", recovered.Records),
        ("Problems", recovered.Problems.Count),
        ("User", user));

    public void Erased(RouteTable table, string query, AuditErased erased, AuditErasureOrder order) => Write(
        table,
        OwnFunctions.Erase,
        ("Query", query),
        ("Records", erased.Records),
        ("Held", erased.Held),
        ("Files", string.Join(", ", erased.Files.Select(Path.GetFileName))),
        ("User", order.User),
        ("Reason", order.Reason),
        ("Order", string.Join(", ", erased.Orders)));

    private static string State(RouteTable table) => table.IsOff ? "disabled" : "enabled";

    private void Write(RouteTable table, AuditFunction function, params ReadOnlySpan<AuditField> fields)
    {
        if (table.FindNamed(function.Name) is not { } route || !table.TryEnter()) return;
        try
        {
            Deliver(table, route, fields);
        }
        finally
        {
            table.Leave();
        }
    }

    private void Deliver(RouteTable table, Route route, params ReadOnlySpan<AuditField> fields)
    {
        DeliveryResult result = delivery.Write(table, route, new AuditRecordView(route.Function, now(), options.HostName, Self, fields));
        if (result.Failure is { } failure) options.Diagnostics.Report(route.Function.Name, failure.Message);
    }
}
