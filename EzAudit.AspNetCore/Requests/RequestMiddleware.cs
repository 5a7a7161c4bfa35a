using EzAudit.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Opens an audit context for each request, and records the request as the settings say.</summary>
/// <remarks>Optimized; the benchmark <c>web</c> compares a server with and without it.</remarks>
internal sealed class RequestMiddleware(
    RequestDelegate next, RequestPipeline pipeline, AuditWriter writer, OriginReader reader, DetailReader details, ILoggerFactory loggers)
{
    private readonly RequestRecorder _recorder = new(writer, details);
    private readonly ILogger _logger = loggers.CreateLogger("EzAudit");
    private readonly bool _isInPlace = pipeline.IsInPlace;

    /// <summary>Puts the middleware in front of the rest of a pipeline.</summary>
    public static RequestDelegate Create(IServiceProvider services, RequestDelegate next) => ActivatorUtilities.CreateInstance<RequestMiddleware>(services, next).InvokeAsync;

    // Async, so that the execution context is restored on return: disposing the context would cost each request as much again as setting it.
    private async Task InvokeAsync(HttpContext context)
    {
        RequestPlan plan = _recorder.Plan;
        var origin = new RequestOrigin(context, reader, plan.Reading);
        _ = AuditContext.Use(origin, writer);
        try
        {
            string path = PathOf(context.Request);
            RequestLevel level = IsRecorded(context) ? RequestLevel.None : plan.LevelOf(context.Request.Method, path);
            Task handling = level == RequestLevel.None ? HandleAsync(context, plan) : RecordAsync(new RequestFacts(context, origin, path, level, plan));
            await handling.ConfigureAwait(false);
        }
        finally
        {
            origin.End();
        }
    }

    // Middleware in front of this one, such as an error page, may send a request through the pipeline again.
    private bool IsRecorded(HttpContext context)
    {
        if (!_isInPlace) return false;
        if (context.Features.Get<RequestMiddleware>() is not null) return true;
        context.Features.Set(this);
        return false;
    }

    private Task RecordAsync(RequestFacts facts)
    {
        facts.Origin.Aborted = facts.Aborted;
        if (facts.Plan.WritesArrival) Prepare(facts);
        return facts.Plan.MustBeWritten ? GuardAsync(facts) : FollowAsync(facts);
    }

    private async Task FollowAsync(RequestFacts facts)
    {
        RequestOutcome outcome;
        try
        {
            await HandleAsync(facts.Context, facts.Plan).ConfigureAwait(false);
            outcome = RequestOutcome.Of(facts.Context, facts.Aborted);
        }
        catch (Exception failure)
        {
            await TryWriteAsync(facts, RequestOutcome.Of(facts.Context, failure, facts.Aborted)).ConfigureAwait(false);
            throw;
        }
        await TryWriteAsync(facts, outcome).ConfigureAwait(false);
    }

    private Task HandleAsync(HttpContext context, RequestPlan plan)
    {
        if (!plan.GuardsSecurity) return next(context);
        var guard = new SecurityGuard();
        guard.Place(context, context.RequestAborted);
        return guard.RunAsync(next, PathOf(context.Request), _logger);
    }

    private async ValueTask TryWriteAsync(RequestFacts facts, RequestOutcome outcome)
    {
        try
        {
            if (facts.Observer is { } observer) await observer.WriteAsync().ConfigureAwait(false);
            await _recorder.WriteAsync(facts, outcome).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The response is already sent. Settings that became stricter meanwhile cannot take it back.
            Log.Unrecorded(_logger, facts.Context.Request.Method, facts.Path, failure);
        }
    }

    private async Task GuardAsync(RequestFacts facts)
    {
        RequestGuard guard = RequestGuard.Of(facts, _recorder);
        try
        {
            await guard.RunAsync(next, facts.Path, _logger).ConfigureAwait(false);
        }
        finally
        {
            guard.Release();
        }
    }

    private static string PathOf(HttpRequest request) => request.PathBase.HasValue ? request.PathBase.Value + request.Path.Value : request.Path.Value ?? "";

    // A separate method, because the closure would otherwise be allocated for each request.
    private void Prepare(RequestFacts facts) => facts.Observer!.Write = () => _recorder.WriteArrivalAsync(facts).AsTask();
}

/// <summary>Holds back the response to a request that is not itself recorded until its sign-in, session and denial records are stored.</summary>
internal sealed class SecurityGuard : ResponseGuard
{
    protected override ValueTask WriteRecordAsync(RequestOutcome outcome) => ValueTask.CompletedTask;
}
