using EzAudit.Records;

namespace EzAudit.Writing;

/// <summary>The actor and source of a record, determined once for each record.</summary>
internal readonly record struct Origin(AuditActor? Actor, string? Address, string? Session, string? Trace)
{
    /// <summary>Queries an origin, such as that of the current flow.</summary>
    /// <param name="ambient">The origin; <see langword="null"/> if there is none.</param>
    /// <param name="withSession">Whether to include session and trace.</param>
    /// <param name="diagnostics">Receives a report if the origin throws.</param>
    public static Origin Of(IAuditOrigin? ambient, bool withSession, Diagnostics diagnostics)
    {
        if (ambient is not { } origin) return default;
        if (origin is AuditOrigin known) return new Origin(known.Actor, known.Address, known.Session, known.Trace);
        return new Origin(
            Ask(origin, static origin => origin.Actor, nameof(Actor), diagnostics),
            Ask(origin, static origin => origin.Address, nameof(Address), diagnostics),
            withSession ? Ask(origin, static origin => origin.Session, nameof(Session), diagnostics) : null,
            withSession ? Ask(origin, static origin => origin.Trace, nameof(Trace), diagnostics) : null);
    }

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
