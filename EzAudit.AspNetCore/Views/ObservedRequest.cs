using System.Diagnostics;
using System.Runtime.ExceptionServices;
using EzAudit.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace EzAudit.AspNetCore.Views;

/// <summary>One request to an observed endpoint: what is known of it, and what was written of it.</summary>
internal sealed class ObservedRequest(HttpContext context, AuditWriter writer, IReadOnlyList<IObservation> observations)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private Exception? _refusal;

    public Said Said { get; set; } = new();

    /// <summary>The number of objects that the handler returned, where it can be told.</summary>
    public long? Counted { get; set; }

    public long BytesWritten { get; set; }

    /// <summary>Whether what is to be written before the answer is written.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Why the answer must not leave; <see langword="null"/> while it may.</summary>
    public Exception? Refusal => _refusal;

    public int Status { get; private set; }

    /// <summary>Whether somebody got to see it. A 304 counts: the reader sees it again, out of a cache.</summary>
    public bool WasShown => Status is (>= 200 and < 300) or StatusCodes.Status304NotModified && !HttpMethods.IsHead(Method);

    public string Method => context.Request.Method;

    public HttpResponse Response => context.Response;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public string? Pattern => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>The value of a name in route or query, or in a form that the application read: what it did not read is not read for this.</summary>
    public string? Value(string? name)
    {
        if (name is null) return null;
        if (context.Request.RouteValues.TryGetValue(name, out object? routed) && routed is not null) return new AuditField(name, routed).Value;
        if (context.Request.Query.TryGetValue(name, out var queried)) return queried.ToString();
        return context.Features.Get<IFormFeature>()?.Form is { } form && form.TryGetValue(name, out var sent) ? sent.ToString() : null;
    }

    /// <summary><c>name=value, name=value</c> of those that have a value; <see langword="null"/> where none has.</summary>
    public string? Values(IEnumerable<string> names)
    {
        string text = string.Join(", ", names.Select(name => (name, value: Value(name))).Where(pair => pair.value is not null).Select(pair => $"{pair.name}={pair.value}"));
        return text.Length > 0 ? text : null;
    }

    /// <summary>Writes what is to be stored before the first byte of the answer.</summary>
    /// <exception cref="Exception">It was not stored, or not surely: the answer must not leave. Thrown by each call from then on.</exception>
    public async ValueTask BeginAsync(int? status = null)
    {
        if (!TryEnter(status)) return;
        try
        {
            foreach (IObservation observation in observations)
            {
                if (!observation.IsOfEnd) await WriteAsync(observation).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            _refusal = failure;
            throw;
        }
    }

    /// <summary>The same for callers that are not asynchronous themselves.</summary>
    public void Begin()
    {
        if (!TryEnter(null)) return;
        try
        {
            foreach (IObservation observation in observations)
            {
                if (!observation.IsOfEnd && observation.Tells(this)) writer.WriteAudit(observation.Function, [.. observation.Describe(this)]);
            }
        }
        catch (Exception failure)
        {
            _refusal = failure;
            throw;
        }
    }

    /// <summary>Writes what tells of the whole answer.</summary>
    public async ValueTask EndAsync()
    {
        foreach (IObservation observation in observations)
        {
            if (observation.IsOfEnd) await WriteAsync(observation).ConfigureAwait(false);
        }
    }

    private bool TryEnter(int? status)
    {
        if (_refusal is not null) ExceptionDispatchInfo.Throw(_refusal);
        if (HasBegun) return false;
        HasBegun = true;
        Status = status ?? context.Response.StatusCode;
        return true;
    }

    // The settings may have changed since the request came; a function that is no longer written would be reported as unknown.
    private ValueTask<bool> WriteAsync(IObservation observation) =>
        observation.Tells(this) && writer.IsWritten(observation.Function)
            ? writer.WriteAuditAsync(observation.Function, [.. observation.Describe(this)])
            : ValueTask.FromResult(false);
}
