using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Writing;

/// <summary>Says of a record who, where and when, and keeps its fields within the limits and without secrets.</summary>
/// <param name="parts">The clock, the name of the host, and where problems are reported.</param>
/// <param name="meter">Counts fields whose text could not be had.</param>
/// <param name="ambient">The origin of the current flow, if it has one.</param>
internal sealed class RecordEnricher(WriterOptions parts, AuditMeter meter, Func<IAuditOrigin?> ambient)
{
    private readonly bool _isSystemClock = parts.Clock is SystemClock;

    /// <param name="table">The settings that hold now.</param>
    /// <param name="route">Where the record goes.</param>
    /// <param name="fields">What the caller says.</param>
    /// <param name="withSession">Whether session and trace are wanted.</param>
    public AuditRecordView Put(RouteTable table, Route route, ReadOnlySpan<AuditField> fields, bool withSession)
    {
        Origin origin = Origin.Of(ambient(), withSession, parts.Diagnostics);
        if (route.Settings.ExtraFields.Count > 0) fields = ExtraFields.Behind(fields, route.Settings.ExtraFields, origin);
        ReadOnlySpan<AuditField> limited = table.Limiter.Limit(fields, out int failed, route.Redactor, route.Function);
        if (failed > 0) Tell(route, failed);
        // eZ Publish's PHP reads an empty REMOTE_ADDR as none, too.
        string address = table.Limiter.Limit(string.IsNullOrEmpty(origin.Address) ? parts.HostName : origin.Address);
        AuditActor actor = origin.Actor is { } known ? table.Limiter.Limit(known) : table.Anonymous;
        return new AuditRecordView(route.Function, Now(), address, actor, limited, origin.Session, origin.Trace);
    }

    private void Tell(Route route, int failed)
    {
        meter.TextsFailed(failed, route.Function.Name);
        parts.Diagnostics.ReportOnce($"a text of {route.Function.Name}", $"A field of \"{route.Function.Name}\" could not say its text: its ToString threw.");
    }

    public DateTimeOffset Now()
    {
        // The same time, without the way through NodaTime's days and nanoseconds and back.
        if (_isSystemClock) return TimeProvider.System.GetUtcNow();
        // A clock may be wrong by millennia; that is no reason to lose a record.
        Instant now = parts.Clock.GetCurrentInstant();
        return now < NodaConstants.BclEpoch ? DateTimeOffset.MinValue : now.ToDateTimeOffset();
    }
}

/// <summary>Adds to the caller's fields what the settings ask for of the call's surroundings.</summary>
internal static class ExtraFields
{
    /// <summary>The caller's fields and the others behind them; a session or trace only where the context has one.</summary>
    public static ReadOnlySpan<AuditField> Behind(ReadOnlySpan<AuditField> fields, IReadOnlyList<ExtraField> wanted, Origin origin)
    {
        var all = new List<AuditField>(fields.Length + wanted.Count);
        all.AddRange(fields);
        foreach (ExtraField extra in wanted)
        {
            if (Of(extra, origin) is { } field) all.Add(field);
        }
        return all.ToArray();
    }

    private static AuditField? Of(ExtraField extra, Origin origin) => extra switch
    {
        ExtraField.Session => origin.Session is { } session ? new AuditField("Session id", session) : null,
        ExtraField.Trace => origin.Trace is { } trace ? new AuditField("Trace id", trace) : null,
        ExtraField.Thread => new AuditField("Thread id", Environment.CurrentManagedThreadId),
        _ => new AuditField("Process id", Environment.ProcessId),
    };
}
