using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>The id by which what a record tells is found in the application's own log and traces.</summary>
internal static class TraceId
{
    /// <summary>The id of the trace that the current flow belongs to, also beyond its request; <see langword="null"/> where there is none.</summary>
    public static string? OfFlow => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;

    /// <summary>The id of a request that has not ended.</summary>
    public static string Of(HttpContext context) => OfFlow ?? context.TraceIdentifier;
}
