using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Requests;

/// <summary>With <c>OnFailure=fail</c>, no content is sent for a request that cannot be recorded, however the application writes it.</summary>
[TestClass]
public sealed class RefusalTests
{
    private const string Content = "content of the application";

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Content);

    private static readonly Dictionary<string, RequestDelegate> Ways = new()
    {
        ["text"] = context => context.Response.WriteAsync(Content),
        ["json"] = context => context.Response.WriteAsJsonAsync(new { Content }),
        ["stream"] = async context => await context.Response.Body.WriteAsync(Bytes),
        ["stream-array"] = context => context.Response.Body.WriteAsync(Bytes, 0, Bytes.Length),
        ["stream-sync"] = context =>
        {
            context.Features.Get<IHttpBodyControlFeature>()!.AllowSynchronousIO = true;
            context.Response.Body.Write(Bytes);
            return Task.CompletedTask;
        },
        ["stream-flush"] = async context =>
        {
            await context.Response.Body.FlushAsync();
            await context.Response.Body.WriteAsync(Bytes);
        },
        ["writer"] = async context => await context.Response.BodyWriter.WriteAsync(Bytes),
        ["writer-memory"] = async context =>
        {
            Bytes.CopyTo(context.Response.BodyWriter.GetMemory(Bytes.Length));
            context.Response.BodyWriter.Advance(Bytes.Length);
            await context.Response.BodyWriter.FlushAsync();
        },
        ["writer-unflushed"] = context =>
        {
            Bytes.CopyTo(context.Response.BodyWriter.GetSpan(Bytes.Length));
            context.Response.BodyWriter.Advance(Bytes.Length);
            return Task.CompletedTask;
        },
        ["writer-start-between"] = async context =>
        {
            Memory<byte> memory = context.Response.BodyWriter.GetMemory(Bytes.Length);
            await context.Response.StartAsync();
            Bytes.CopyTo(memory);
            context.Response.BodyWriter.Advance(Bytes.Length);
            await context.Response.BodyWriter.FlushAsync();
        },
        ["start"] = async context =>
        {
            context.Response.Headers["X-Content"] = Content;
            await context.Response.StartAsync();
            await context.Response.WriteAsync(Content);
        },
        ["complete"] = async context =>
        {
            await context.Response.WriteAsync(Content);
            await context.Response.CompleteAsync();
        },
        ["file"] = context => context.Response.SendFileAsync(Environment.ProcessPath is { } ? typeof(RefusalTests).Assembly.Location : ""),
        ["length"] = async context =>
        {
            context.Response.ContentLength = Bytes.Length;
            context.Response.ContentType = "text/plain";
            await context.Response.Body.WriteAsync(Bytes);
        },
        ["header-and-cookie"] = context =>
        {
            context.Response.Cookies.Append("session", Content);
            context.Response.OnStarting(() =>
            {
                context.Response.Headers["X-Late"] = Content;
                return Task.CompletedTask;
            });
            return context.Response.WriteAsync(Content);
        },
        ["redirect"] = context =>
        {
            context.Response.Redirect("/elsewhere?" + Uri.EscapeDataString(Content));
            return Task.CompletedTask;
        },
        ["nothing"] = _ => Task.CompletedTask,
        ["not-found"] = context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        },
        ["exception"] = _ => throw new InvalidOperationException(Content),
        ["exception-behind-content"] = async context =>
        {
            await context.Response.WriteAsync(Content);
            throw new InvalidOperationException(Content);
        },
    };

    public static IEnumerable<object[]> AllWays => Ways.Keys.SelectMany(way => new[] { "GET", "HEAD" }.SelectMany(method => new[] { 1, 2 }.Select(version => new object[] { way, method, version })));

    // Without the guard, Kestrel closes the connection at this point.
    public static IEnumerable<object[]> WaysOfKestrel => AllWays.Where(way => way[0] is not "writer-start-between");

    [TestMethod]
    [DynamicData(nameof(AllWays))]
    public async Task AnUnrecordedRequestGetsA503WithoutContent(string way, string method, int version)
    {
        var target = new FailingTarget { Fails = true };
        await using WebSite site = await StartAsync(target, version);
        HttpResponseMessage response = await SendAsync(site, way, method, version);

        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.IsTrue(response.Headers.CacheControl!.NoStore);
        Assert.IsNotNull(response.Headers.RetryAfter!.Delta);
        Assert.AreEqual("", await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain(Content, response.ToString());
        Assert.IsFalse(response.Headers.Contains("Set-Cookie") || response.Headers.Contains("Location"));
        Assert.AreEqual(0, response.Content.Headers.ContentLength);

        target.Fails = false;
        HttpResponseMessage next = await SendAsync(site, "text", "GET", version);
        Assert.AreEqual(Content, await next.Content.ReadAsStringAsync(), "The connection is still usable.");
        Assert.HasCount(1, target.Taken);
    }

    [TestMethod]
    [DynamicData(nameof(WaysOfKestrel))]
    public async Task ARecordedRequestIsAnsweredAsWithoutTheGuard(string way, string method, int version)
    {
        var target = new FailingTarget();
        await using WebSite guarded = await StartAsync(target, version);
        await using WebSite plain = await StartAsync(new FailingTarget(), version, "[RequestSettings]\nLevel=none\n");
        Assert.AreEqual(await AnswerAsync(plain, way, method, version), await AnswerAsync(guarded, way, method, version));
        Assert.HasCount(1, target.Taken);
    }

    [TestMethod]
    public async Task TheRecordIsStoredBeforeTheFirstByteIsSent()
    {
        var target = new FailingTarget();
        var gate = new TaskCompletionSource();
        await using WebSite site = await StartAsync(target, 1, map: app => app.MapGet("/events", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await gate.Task;
            await context.Response.WriteAsync("data: 2\n\n");
        }));
        HttpResponseMessage response = await site.Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.HasCount(1, target.Taken);
        gate.SetResult();
        Assert.AreEqual("data: 1\n\ndata: 2\n\n", await response.Content.ReadAsStringAsync());
        Assert.HasCount(1, target.Taken);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task AWebSocketIsRecordedBeforeItOpens(int version)
    {
        var target = new FailingTarget();
        await using WebSite site = await StartAsync(target, version, map: MapEcho);
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        Set(socket.Options, version);
        await socket.ConnectAsync(SocketAddress(site), invoker, default);
        Assert.HasCount(1, target.Taken);
        Assert.Contains(version == 1 ? "Status: 101" : "Status: 200", target.Taken.Single());
        await socket.SendAsync(Bytes, WebSocketMessageType.Text, true, default);
        byte[] buffer = new byte[100];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, default);
        Assert.AreEqual(Content, Encoding.UTF8.GetString(buffer, 0, received.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        Assert.HasCount(1, target.Taken);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task AWebSocketThatCannotBeRecordedDoesNotOpen(int version)
    {
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, version, map: MapEcho);
        using var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        Set(socket.Options, version);
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsExactlyAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress(site), invoker, default));
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
    }

    [TestMethod]
    public async Task WithContinueTheResponseIsStillSent()
    {
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, 1, policy: "OnFailure=continue\n");
        Assert.AreEqual(Content, await site.Client.GetStringAsync("/text"));
    }

    [TestMethod]
    public async Task AnArrivalThatCannotBeRecordedKeepsTheApplicationFromActing()
    {
        bool acted = false;
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, 1, function: "web-request", map: app => app.MapGet("/act", () => acted = true));
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, (await site.Client.GetAsync("/act")).StatusCode);
        Assert.IsFalse(acted);
    }

    [TestMethod]
    [DataRow("before")]
    [DataRow("after")]
    [DataRow("kept")]
    [DataRow("completed")]
    [DataRow("exception")]
    [DataRow("view")]
    public async Task ARefusalHasNoTrailers(string when)
    {
        string function = when == "view" ? "entity-view" : "web-access";
        await using WebSite site = await StartAsync(new FailingTarget { Fails = true }, 2, function: function, map: app => app.MapGet("/trailers", async context =>
        {
            IHeaderDictionary kept = context.Features.Get<IHttpResponseTrailersFeature>()!.Trailers;
            context.Response.DeclareTrailer("grpc-status");
            if (when != "after") context.Response.AppendTrailer("grpc-status", Content);
            await context.Response.WriteAsync(Content);
            if (when == "kept") kept["grpc-message"] = Content;
            else context.Response.AppendTrailer("grpc-message", Content);
            if (when == "completed") await context.Response.CompleteAsync();
            if (when == "exception") throw new InvalidOperationException(Content);
        }).WithAuditView("Order"));
        HttpResponseMessage response = await SendAsync(site, "trailers", "GET", 2);
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.AreEqual("", await response.Content.ReadAsStringAsync());
        Assert.IsEmpty(response.TrailingHeaders);
    }

    [TestMethod]
    public async Task TrailersOfWhatIsRecordedAreSent()
    {
        await using WebSite site = await StartAsync(new FailingTarget(), 2, map: app => app.MapGet("/trailers", async context =>
        {
            await context.Response.WriteAsync(Content);
            context.Response.AppendTrailer("grpc-status", "0");
        }));
        HttpResponseMessage response = await SendAsync(site, "trailers", "GET", 2);
        await response.Content.ReadAsStringAsync();
        Assert.AreEqual("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    private static void Set(ClientWebSocketOptions options, int version)
    {
        options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
    }

    private static Uri SocketAddress(WebSite site) => new UriBuilder(site.Address) { Scheme = "ws", Path = "/socket" }.Uri;

    private static void MapEcho(WebApplication app)
    {
        app.UseWebSockets();
        app.Map("/socket", async (HttpContext context) =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            byte[] buffer = new byte[100];
            WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, default);
            await socket.SendAsync(buffer.AsMemory(0, received.Count), WebSocketMessageType.Text, true, default);
            await socket.ReceiveAsync(buffer, default);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
    }

    private static async Task<string> AnswerAsync(WebSite site, string way, string method, int version)
    {
        string body;
        HttpResponseMessage response;
        try
        {
            response = await SendAsync(site, way, method, version);
            body = await response.Content.ReadAsStringAsync();
            // Over HTTP/2, Kestrel sends a body for HEAD if the application writes before the response has started.
            if (method == "HEAD") body = "";
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError.ToString();
        }
        var headers = response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not ("Date" or "Transfer-Encoding" or "Content-Length"));
        return $"{(int)response.StatusCode} {string.Join("; ", headers.Select(header => $"{header.Key}: {string.Join(",", header.Value)}").Order(StringComparer.Ordinal))}\n{body}";
    }

    private static Task<HttpResponseMessage> SendAsync(WebSite site, string way, string method, int version) => site.Client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), $"/{way}") { Version = new Version(version, version == 1 ? 1 : 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact });

    private static Task<WebSite> StartAsync(
        FailingTarget target, int version, string behind = "", Action<WebApplication>? map = null, string policy = "", string function = "web-access") => WebSite.StartAsync(
        WebSite.Settings($"{policy}{FailingTarget.Settings}{behind}", function),
        app =>
        {
            foreach ((string way, RequestDelegate write) in Ways) app.MapMethods($"/{way}", ["GET", "HEAD"], write);
            map?.Invoke(app);
        },
        builder => builder.Services.AddEzAudit().AddPlugin(target),
        listen => listen.Protocols = version == 1 ? HttpProtocols.Http1 : HttpProtocols.Http2);
}
