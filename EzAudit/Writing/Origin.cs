using EzAudit.Records;

namespace EzAudit.Writing;

/// <summary>Who acts and from where, asked once for one record.</summary>
internal readonly record struct Origin(AuditActor? Actor, string? Address, string? Session, string? Trace)
{
    /// <summary>Asks an origin, such as that of the current flow.</summary>
    /// <param name="ambient">The origin; <see langword="null"/> where nobody gave one.</param>
    /// <param name="withSession">Whether session and trace are wanted.</param>
    /// <param name="diagnostics">Hears of an origin that cannot tell.</param>
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
            // Any exception: it is the code of others, and a record without its address is worth more than no record.
            diagnostics.ReportOnce($"{what} of {origin.GetType()}", $"{origin.GetType().FullName}: its {what} could not be told, and is left out of the record. {failure.Message}");
            return null;
        }
    }
}
