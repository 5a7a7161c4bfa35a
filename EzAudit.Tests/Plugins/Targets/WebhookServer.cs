using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using EzAudit.Tests.Syslog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.Plugins.Targets;

/// <summary>A real web server that keeps what is posted to it, and answers as told. It can be restarted at its address.</summary>
internal sealed class WebhookServer(TlsFiles? tls = null) : IDisposable
{
    private WebApplication? _application;
    private int _port;

    public ConcurrentQueue<WebhookRequest> Requests { get; } = new();

    /// <summary>The answer to a request.</summary>
    public Func<WebhookRequest, int> Answer { get; set; } = static _ => 204;

    /// <summary>Whether the connection of the next request is broken after it was read.</summary>
    public bool BreaksNext { get; set; }

    public Uri Url => new($"{(tls is null ? "http" : "https")}://localhost:{_port}/audit");

    public void Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, _port, listen =>
        {
            if (tls is not null) listen.UseHttps(X509Certificate2.CreateFromPemFile(tls.CertificateFile, tls.KeyFile));
        }));
        _application = builder.Build();
        _application.Run(Take);
        ((IHost)_application).Start();
        _port = new Uri(_application.Urls.Single()).Port;
    }

    public void Stop()
    {
        using var now = new CancellationTokenSource();
        now.Cancel();
        _application!.StopAsync(now.Token).GetAwaiter().GetResult();
        _application.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _application = null;
    }

    public void Dispose()
    {
        if (_application is not null) Stop();
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = new WebhookRequest(context.Request.ContentType, body.ToArray(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        int status = Answer(request);
        if (status is >= 200 and < 300) Requests.Enqueue(request);
        if (BreaksNext)
        {
            BreaksNext = false;
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record WebhookRequest(string? ContentType, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The lines of the body, each with the id of its record.</summary>
    public IEnumerable<(string Id, string Line)> Lines
    {
        get
        {
            string ids = Headers["webhook-id"];
            string run = ids[..(ids.LastIndexOf('/') + 1)];
            IEnumerable<long> numbers = ids[run.Length..].Split(',').SelectMany(Range);
            string[] lines = System.Text.Encoding.UTF8.GetString(Body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return numbers.Zip(lines, (number, line) => ($"{run}{number}", line));
        }
    }

    private static IEnumerable<long> Range(string text)
    {
        long[] ends = [.. text.Split('-').Select(end => long.Parse(end, System.Globalization.CultureInfo.InvariantCulture))];
        for (long number = ends[0]; number <= ends[^1]; number++) yield return number;
    }
}
