using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>A real web server that keeps what is posted to it, and answers as told.</summary>
internal sealed class CheckpointServer : IDisposable
{
    private readonly WebApplication _application;

    public CheckpointServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(Answer);
        ((IHost)_application).Start();
    }

    public Uri Url => new($"{_application.Urls.Single()}/checkpoints");

    public ConcurrentQueue<(string Method, string? Type, string Body, IHeaderDictionary Headers)> Requests { get; } = new();

    public int Status { get; set; } = 200;

    /// <summary>Whether it reads requests and never answers.</summary>
    public bool Hangs { get; set; }

    public void Dispose() => _application.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task Answer(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync();
        Requests.Enqueue((context.Request.Method, context.Request.ContentType, body, new HeaderDictionary(context.Request.Headers.ToDictionary())));
        if (Hangs) await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Status is >= 300 and < 400) context.Response.Headers.Location = "/elsewhere";
        context.Response.StatusCode = Status;
    }
}
