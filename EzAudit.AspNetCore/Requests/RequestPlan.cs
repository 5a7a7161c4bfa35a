using EzAudit.AspNetCore.Security;

namespace EzAudit.AspNetCore.Requests;

/// <summary>What one reading of the settings wants of requests. Immutable; made once for each reading, because every request needs it.</summary>
internal sealed class RequestPlan(AuditSettingsReading reading)
{
    public AuditSettingsReading Reading => reading;

    /// <summary>Those of a section; of a writer that the application built without the plugin, the defaults.</summary>
    public RequestSettings Settings { get; } = reading.GetSettings<RequestSettings>() ?? RequestSettings.Default;

    public bool WritesAccess { get; } = reading.IsEnabled(RequestFields.Access);

    public bool WritesArrival { get; } = reading.IsEnabled(RequestFields.Request);

    public bool WritesResponse { get; } = reading.IsEnabled(RequestFields.Response);

    public bool WritesPage { get; } = reading.IsEnabled(RequestFields.PageAccess);

    /// <summary>Whether no answer may leave before its record is stored.</summary>
    public bool MustBeWritten { get; } =
        new[] { RequestFields.Access, RequestFields.Request, RequestFields.Response, RequestFields.PageAccess }.Any(reading.IsRequired);

    /// <summary>Whether no answer may leave before the records of sign-ins, sessions and denials in its request are stored.</summary>
    public bool GuardsSecurity { get; } = SecurityTrail.Functions.Any(reading.IsRequired);

    /// <summary>How much is recorded of a request.</summary>
    public RequestLevel LevelOf(string method, string path) =>
        WritesAccess || WritesArrival || WritesResponse || WritesPage ? Settings.LevelOf(method, path) : RequestLevel.None;
}
