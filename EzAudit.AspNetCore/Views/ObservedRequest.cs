using System.Diagnostics;
using EzAudit.AspNetCore.Requests;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EzAudit.AspNetCore.Views;

/// <summary>One request to an observed endpoint, and what is known about it.</summary>
internal sealed class ObservedRequest(HttpContext context, ObservedTrail trail, IReadOnlyList<Observation> observations)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The details that the handler added.</summary>
    public HandlerDetails Details { get; set; } = new();

    /// <summary>The number of objects that the handler returned, if known.</summary>
    public long? Counted { get; private set; }

    public int Status { get; private set; }

    /// <summary>Whether the reader sees the content. A 304 counts: the reader sees it again, from a cache.</summary>
    public bool WasShown => Status is (>= 200 and < 300) or StatusCodes.Status304NotModified && !HttpMethods.IsHead(Method);

    public string Method => context.Request.Method;

    public HttpResponse Response => context.Response;

    /// <summary>The file name in the response's headers.</summary>
    public string? SentFileName
    {
        get
        {
            if (!ContentDispositionHeaderValue.TryParse(Response.Headers.ContentDisposition.ToString(), out ContentDispositionHeaderValue? disposition)) return null;
            string? name = (disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName)).Value;
            return string.IsNullOrEmpty(name) ? null : name;
        }
    }

    /// <summary>The number of bytes in the response's headers; 0 if the reader already has the content.</summary>
    public long? SentBytes => Status == StatusCodes.Status304NotModified ? 0 : Response.ContentLength;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public string? EndpointName => RequestedEndpoint.NameOf(context.GetEndpoint());

    /// <summary>Counts what the handler returned, unless already counted.</summary>
    public void Count(object? result) => Counted ??= trail.Details.Read("The number of results", result, ResultCount.Of);

    /// <summary>The value of a name in route, query, or a form that the application has read. A form is never read just for this.</summary>
    public string? Value(string? name) =>
        name is null ? null : trail.Details.Read(name, (Request: this, name), static state => state.Request.Read(state.name));

    private string? Read(string name)
    {
        if (context.Request.RouteValues.TryGetValue(name, out object? routed) && routed is not null) return new AuditField(name, routed).Value;
        if (name.Equals(ConnectionToken.Name, StringComparison.OrdinalIgnoreCase) && ConnectionToken.IsIn(context, context.GetEndpoint())) return null;
        if (context.Request.Query.TryGetValue(name, out StringValues queried)) return queried.ToString();
        return context.Features.Get<IFormFeature>()?.Form is { } form && form.TryGetValue(name, out StringValues sent) ? sent.ToString() : null;
    }

    /// <summary><c>name=value, name=value</c> for the names with a value; <see langword="null"/> if none has one.</summary>
    public string? Values(IEnumerable<string> names)
    {
        string text = string.Join(", ", names.Select(name => (name, value: Value(name))).Where(pair => pair.value is not null).Select(pair => $"{pair.name}={pair.value}"));
        return text.Length > 0 ? text : null;
    }

    /// <summary>Writes the records for this outcome; called once, before the first byte of the response is sent.</summary>
    public async ValueTask RecordAsync(RequestOutcome outcome)
    {
        Status = outcome.Status;
        foreach (Observation observation in observations)
        {
            string function = observation.Function.Name;
            // An endpoint may have several functions, of which the settings may enable only some.
            if ((observation.IsOfContent && !WasShown) || !trail.Writes(function)) continue;
            await trail.WriteAsync(function, observation.Function.FieldsOf(observation.ValuesOf(this))).ConfigureAwait(false);
        }
    }
}

/// <summary>Details that the handler itself adds to its record; they override route, query and headers.</summary>
internal sealed record HandlerDetails
{
    public string? Id { get; init; }

    public string? Path { get; init; }

    public string? Project { get; init; }

    public string? Query { get; init; }

    public long? Count { get; init; }

    public string? FileName { get; init; }
}
