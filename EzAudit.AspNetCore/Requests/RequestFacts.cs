using System.Diagnostics;
using EzAudit.AspNetCore.Context;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>A request that is to be recorded, as it came in.</summary>
/// <param name="Context">The request.</param>
/// <param name="Origin">Who makes it.</param>
/// <param name="Path">The path as it came in; middleware may write another into the context.</param>
/// <param name="Level">How much is recorded.</param>
/// <param name="Start">When it came in, by the stopwatch.</param>
internal readonly record struct RequestFacts(HttpContext Context, RequestOrigin Origin, string Path, RequestLevel Level, long Start)
{
    /// <summary>How long it has taken up to now, in seconds.</summary>
    public double Duration => Math.Round(Stopwatch.GetElapsedTime(Start).TotalSeconds, 6);
}
