using System.Diagnostics;
using EzAudit.AspNetCore.Context;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Requests;

/// <summary>Opens the context of each request, and records it as the settings say.</summary>
/// <remarks>Fast on purpose; the benchmark <c>web</c> compares a server with it and without.</remarks>
internal sealed class RequestMiddleware(RequestDelegate next, RequestPipeline pipeline, AuditWriter writer, OriginReader reader, ILoggerFactory loggers)
{
    private readonly RequestRecorder _recorder = new(writer);
    private readonly ILogger _logger = loggers.CreateLogger("EzAudit");

    public Task InvokeAsync(HttpContext context) => pipeline.IsUsed ? ObserveAsync(context) : next(context);

    // Async, so that what is said here is forgotten when it returns: to take it back would cost each request once more what it cost to say it.
    private async Task ObserveAsync(HttpContext context)
    {
        var origin = new RequestOrigin(context, reader);
        _ = AuditContext.Use(origin, writer);
        try
        {
            string path = PathOf(context.Request);
            RequestLevel level = _recorder.IsWritten ? _recorder.Settings.LevelOf(context.Request.Method, path) : RequestLevel.None;
            Task handling = level == RequestLevel.None ? next(context) : RecordAsync(new RequestFacts(context, origin, path, level, Stopwatch.GetTimestamp()));
            await handling.ConfigureAwait(false);
        }
        finally
        {
            origin.End();
        }
    }

    private async Task RecordAsync(RequestFacts facts)
    {
        if (!await TryWriteArrivalAsync(facts).ConfigureAwait(false)) return;
        if (_recorder.MustBeWritten) await GuardAsync(facts).ConfigureAwait(false);
        else await FollowAsync(facts).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryWriteArrivalAsync(RequestFacts facts)
    {
        try
        {
            await _recorder.WriteArrivalAsync(facts).ConfigureAwait(false);
            return true;
        }
        catch (Exception failure)
        {
            // Any exception: what is not surely recorded must not be done.
            Log.Refused(_logger, facts.Context.Request.Method, facts.Path, failure);
            Refusal.Apply(facts.Context);
            return false;
        }
    }

    private async Task FollowAsync(RequestFacts facts)
    {
        RequestOutcome outcome;
        try
        {
            await next(facts.Context).ConfigureAwait(false);
            outcome = RequestOutcome.Of(facts.Context);
        }
        catch (Exception failure)
        {
            await TryWriteAsync(facts, RequestOutcome.Of(facts.Context, failure)).ConfigureAwait(false);
            throw;
        }
        await TryWriteAsync(facts, outcome).ConfigureAwait(false);
    }

    private async ValueTask TryWriteAsync(RequestFacts facts, RequestOutcome outcome)
    {
        try
        {
            await _recorder.WriteAsync(facts, outcome).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // The answer is sent. Settings that became stricter meanwhile cannot take it back.
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
}
