using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Security;

/// <summary>The id that links a record to the application's own log and traces.</summary>
internal static class TraceId
{
    /// <summary>The trace id of the current execution context, even after its request; <see langword="null"/> if there is none.</summary>
    public static string? OfFlow => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : null;

    /// <summary>The id of a request that has not ended.</summary>
    public static string Of(HttpContext context) => OfFlow ?? context.TraceIdentifier;
}
