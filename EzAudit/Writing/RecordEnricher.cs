using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Writing;

/// <summary>Adds actor, source and time to a record, limits its fields and removes secrets.</summary>
/// <param name="options">The clock, the host name, and the diagnostics.</param>
/// <param name="meter">Counts fields whose text could not be obtained.</param>
/// <param name="ambient">Returns the origin of the current flow, if it has one.</param>
internal sealed class RecordEnricher(WriterOptions options, AuditMeter meter, Func<IAuditOrigin?> ambient)
{
    /// <param name="table">The current settings.</param>
    /// <param name="route">The route of the record.</param>
    /// <param name="fields">The caller's fields.</param>
    /// <param name="withSession">Whether to include session and trace.</param>
    public AuditRecordView Enrich(RouteTable table, Route route, ReadOnlySpan<AuditField> fields, bool withSession)
    {
        Origin origin = Origin.Of(ambient(), withSession, options.Diagnostics);
        if (route.Settings.ExtraFields.Count > 0) fields = ExtraFields.Append(fields, route.Settings.ExtraFields, origin);
        ReadOnlySpan<AuditField> limited = table.Limiter.Limit(fields, out int failed, route.Redactor, route.Function);
        if (failed > 0) ReportTextFailures(route, failed);
        // eZ Publish's PHP also treats an empty REMOTE_ADDR as none.
        string address = table.Limiter.Limit(string.IsNullOrEmpty(origin.Address) ? options.HostName : origin.Address);
        AuditActor actor = origin.Actor is { } known ? table.Limiter.Limit(known) : table.Anonymous;
        return new AuditRecordView(route.Function, Now(), address, actor, limited, origin.Session, origin.Trace);
    }

    private void ReportTextFailures(Route route, int failed)
    {
        meter.TextsFailed(failed, route.Function.Name);
        options.Diagnostics.ReportOnce($"a text of {route.Function.Name}", $"The ToString of a field of \"{route.Function.Name}\" threw.");
    }

    public DateTimeOffset Now() => options.TimeProvider.GetUtcNow();
}

/// <summary>Adds fields about the call's environment, as configured.</summary>
internal static class ExtraFields
{
    /// <summary>The caller's fields followed by the extra ones; session and trace only if the context has them.</summary>
    public static ReadOnlySpan<AuditField> Append(ReadOnlySpan<AuditField> fields, IReadOnlyList<ExtraField> extras, Origin origin)
    {
        var all = new List<AuditField>(fields.Length + extras.Count);
        all.AddRange(fields);
        foreach (ExtraField extra in extras)
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
