using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Holds back the response to a request until the request is recorded.</summary>
/// <remarks>
/// Optimized: requests on an HTTP/1.1 connection come one after another, so they share one guard, as they share the server's own objects.
/// Benchmark <c>web</c>: 216 B less per request.
/// </remarks>
internal sealed class RequestGuard(RequestRecorder recorder) : ResponseGuard
{
    private static readonly object Key = new();
    private RequestFacts _facts;

    /// <summary>Puts a guard around a request's response.</summary>
    public static RequestGuard Of(RequestFacts facts, RequestRecorder recorder)
    {
        IDictionary<object, object?>? shared = SharedBy(facts.Context);
        // Removed while in use: a pipeline called within the pipeline needs its own guard.
        RequestGuard guard = shared is not null && shared.TryGetValue(Key, out object? known) && known is RequestGuard idle && ReferenceEquals(idle.Recorder, recorder)
            ? idle
            : new RequestGuard(recorder);
        if (shared is not null) shared[Key] = null;
        guard._facts = facts;
        guard.Place(facts.Context, facts.Aborted);
        return guard;
    }

    /// <summary>Ends the request, so that the connection's next request can reuse the guard.</summary>
    public void Release()
    {
        if (SharedBy(_facts.Context) is { } shared) shared[Key] = this;
        _facts = default;
    }

    protected override async ValueTask WriteRecordAsync(RequestOutcome outcome)
    {
        if (_facts.Observer is { } observer) await observer.WriteAsync().ConfigureAwait(false);
        await Recorder.WriteAsync(_facts, outcome).ConfigureAwait(false);
    }

    private RequestRecorder Recorder => recorder;

    private static IDictionary<object, object?>? SharedBy(HttpContext context) =>
        HttpProtocol.IsHttp11(context.Request.Protocol) ? context.Features.Get<IConnectionItemsFeature>()?.Items : null;
}
