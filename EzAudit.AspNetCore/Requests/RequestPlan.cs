using EzAudit.AspNetCore.Security;
using EzAudit.Plugins;

namespace EzAudit.AspNetCore.Requests;

/// <summary>What one reading of the settings requires for requests. Immutable; cached per reading, because every request needs it.</summary>
internal sealed class RequestPlan(AuditSettingsReading reading)
{
    public AuditSettingsReading Reading => reading;

    /// <summary>The settings of the section; the defaults if the application built its writer without the plugin.</summary>
    public RequestSettings Settings { get; } = reading.GetSettings<RequestSettings>() ?? RequestSettings.Default;

    public bool WritesAccess { get; } = reading.IsEnabled(WebAudit.AccessFunction.Name);

    public bool WritesArrival { get; } = reading.IsEnabled(WebAudit.RequestFunction.Name);

    public bool WritesResponse { get; } = reading.IsEnabled(WebAudit.ResponseFunction.Name);

    public bool WritesPage { get; } = reading.IsEnabled(PageAudit.AccessFunction.Name);

    /// <summary>Whether a response must wait until its record is stored.</summary>
    public bool MustBeWritten { get; } =
        new[] { WebAudit.AccessFunction, WebAudit.RequestFunction, WebAudit.ResponseFunction, PageAudit.AccessFunction }.Any(function => reading.IsRequired(function.Name));

    /// <summary>Whether a response must wait until the records of sign-ins, sessions and denials in its request are stored.</summary>
    public bool GuardsSecurity { get; } = SecurityTrail.Functions.Any(reading.IsRequired);

    /// <summary>How much to record of a request.</summary>
    public RequestLevel LevelOf(string method, string path) =>
        WritesAccess || WritesArrival || WritesResponse || WritesPage ? Settings.LevelOf(method, path) : RequestLevel.None;
}
