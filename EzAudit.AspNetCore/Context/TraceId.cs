using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>The id by which a failure is found in the application's own log.</summary>
internal static class TraceId
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
