using EzAudit.Records;
using EzAudit.Settings;

namespace EzAudit;

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
