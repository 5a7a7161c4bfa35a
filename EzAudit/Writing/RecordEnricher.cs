using System.Runtime.CompilerServices;
using EzAudit.Extensibility;
using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Writing;

/// <summary>Makes a caller's fields a record: adds who, where and when, and sanitizes all of it.</summary>
/// <param name="options">The clock, the host name, and the diagnostics.</param>
/// <param name="meter">Counts fields whose text could not be obtained.</param>
internal sealed class RecordEnricher(WriterOptions options, AuditMeter meter)
{
    /// <param name="table">The current settings.</param>
    /// <param name="route">The route of the record.</param>
    /// <param name="fields">The caller's fields.</param>
    /// <param name="ambient">The origin of the current flow; <see langword="null"/> if it has none.</param>
    /// <param name="withSession">Whether to include session and trace.</param>
    public AuditRecordView Enrich(RouteTable table, Route route, ReadOnlySpan<AuditField> fields, IAuditOrigin? ambient, bool withSession)
    {
        Origin origin = Origin.Of(ambient, withSession, options.Diagnostics);
        if (route.Settings.ExtraFields.Count > 0) fields = WithExtra(fields, route.Settings.ExtraFields, origin);
        ReadOnlySpan<AuditField> sanitized = table.Sanitizer.Sanitize(fields, out int failed, route.Redactor, route.Function);
        if (failed > 0) ReportTextFailures(route, failed);
        // eZ Publish's PHP also treats an empty REMOTE_ADDR as none.
        string address = table.Sanitizer.Sanitize(string.IsNullOrEmpty(origin.Address) ? options.HostName : origin.Address);
        AuditActor actor = origin.Actor is { } known ? table.Sanitizer.Sanitize(known) : table.Anonymous;
        return new AuditRecordView(route.Function, options.TimeProvider.GetUtcNow(), address, actor, sanitized, origin.Session, origin.Trace);
    }

    public DateTimeOffset Now() => options.TimeProvider.GetUtcNow();

    private void ReportTextFailures(Route route, int failed)
    {
        meter.TextsFailed(failed, route.Function.Name);
        options.Diagnostics.ReportOnce($"a text of {route.Function.Name}", $"The ToString of a field of \"{route.Function.Name}\" threw.");
    }

    // Fields about the call's environment, as configured; session and trace only if the context has them.
    private static ReadOnlySpan<AuditField> WithExtra(ReadOnlySpan<AuditField> fields, IReadOnlyList<ExtraField> extras, Origin origin)
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

/// <summary>The actor and source of a record, determined once for each record.</summary>
internal readonly record struct Origin(AuditActor? Actor, string? Address, string? Session, string? Trace)
{
    /// <summary>Queries an origin, such as that of the current flow.</summary>
    /// <param name="ambient">The origin; <see langword="null"/> if there is none.</param>
    /// <param name="withSession">Whether to include session and trace.</param>
    /// <param name="diagnostics">Receives a report if the origin throws.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Of most records, the origin is null or does not change.
    public static Origin Of(IAuditOrigin? ambient, bool withSession, Diagnostics diagnostics) => ambient switch
    {
        null => default,
        AuditOrigin known => new Origin(known.Actor, known.Address, known.Session, known.Trace),
        _ => Ask(ambient, withSession, diagnostics),
    };

    private static Origin Ask(IAuditOrigin origin, bool withSession, Diagnostics diagnostics) => new(
        Ask(origin, static origin => origin.Actor, nameof(Actor), diagnostics),
        Ask(origin, static origin => origin.Address, nameof(Address), diagnostics),
        withSession ? Ask(origin, static origin => origin.Session, nameof(Session), diagnostics) : null,
        withSession ? Ask(origin, static origin => origin.Trace, nameof(Trace), diagnostics) : null);

    private static T? Ask<T>(IAuditOrigin origin, Func<IAuditOrigin, T?> ask, string what, Diagnostics diagnostics) where T : class
    {
        try
        {
            return ask(origin);
        }
        catch (Exception failure)
        {
            // Catches any exception, because it is foreign code, and a record without its address is better than no record.
            diagnostics.ReportOnce($"{what} of {origin.GetType()}", $"{origin.GetType().FullName}: its {what} could not be read and is left out of the record. {failure.Message}");
            return null;
        }
    }
}
