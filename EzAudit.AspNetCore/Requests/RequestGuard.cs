using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Guards the answer to a request until the request is on record.</summary>
/// <remarks>
/// Fast on purpose: the requests of a connection of HTTP/1.1 come one after another and share one guard, as they share what the server has
/// for them. The benchmark <c>web</c> shows it: 216 B less a request.
/// </remarks>
internal sealed class RequestGuard(RequestRecorder recorder) : ResponseGuard
{
    private static readonly object Key = new();
    private RequestFacts _facts;

    /// <summary>The guard of a request, in its place.</summary>
    public static RequestGuard Of(RequestFacts facts, RequestRecorder recorder)
    {
        IDictionary<object, object?>? shared = SharedBy(facts.Context);
        // Taken out: who calls the pipeline within the pipeline needs another one.
        RequestGuard guard = shared is not null && shared.TryGetValue(Key, out object? known) && known is RequestGuard idle && ReferenceEquals(idle.Recorder, recorder)
            ? idle
            : new RequestGuard(recorder);
        if (shared is not null) shared[Key] = null;
        guard._facts = facts;
        guard.Place(facts.Context, facts.Aborted);
        return guard;
    }

    /// <summary>Says that the request has ended.</summary>
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
