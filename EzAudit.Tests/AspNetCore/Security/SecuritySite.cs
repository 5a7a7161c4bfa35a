using System.Collections.Concurrent;
using System.Net;
using EzAudit.AspNetCore.Requests;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Plugins;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>A web application on Kestrel whose security events are captured; every security function has its own file.</summary>
internal sealed class SecuritySite : IAsyncDisposable
{
    private static readonly string[] Categories = ["access", "account", "authentication", "group", "password", "permission", "project", "role", "session"];

    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _acts = new();
    private readonly List<HttpClient> _clients = [];
    private readonly AuditSite _audit;
    private readonly CookieContainer _cookies = new();
    private int _lastAct;

    private SecuritySite(string furtherSettings)
    {
        IEnumerable<string> files = Functions.Select(name => $"AuditFileNames[{name}]={name}.log");
        _audit = new AuditSite(
            $"[AuditSettings]\nAudit=enabled\nOnUnknownFunction=throw\n{string.Join('\n', files)}\n{furtherSettings}\n",
            builder =>
            {
                foreach (var plugin in BuiltInPlugins.Create()) builder.AddPlugin(plugin);
                builder.AddPlugin(new RequestPlugin());
                builder.AddPlugin(Awaited);
            });
    }

    /// <summary>The security functions, without those about requests and what happens during them.</summary>
    public static IEnumerable<string> Functions { get; } =
        [.. PluginWriter.Functions.Where(function => Categories.Contains(function.Category)).Select(function => function.Name)];

    /// <summary>Where <see cref="AwaitedTarget.Settings"/> sends records.</summary>
    public AwaitedTarget Awaited { get; } = new();

    public WebApplication Application { get; private set; } = null!;

    /// <summary>A browser that keeps its cookies and follows no redirects.</summary>
    public HttpClient Browser { get; private set; } = null!;

    public FakeTimeProvider Clock => _audit.Clock;

    public TempFolder Root => _audit.Root;

    /// <summary>What the host logged.</summary>
    public LogCollector Log { get; } = new();

    /// <param name="configure">Adds services after those of the audit trail.</param>
    /// <param name="map">Adds to the application.</param>
    /// <param name="furtherSettings">Is appended to audit.ini.</param>
    /// <param name="before">Adds services before those of the audit trail.</param>
    public static async Task<SecuritySite> Start(
        Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, string furtherSettings = "", Action<WebApplicationBuilder>? before = null)
    {
        var site = new SecuritySite(furtherSettings);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.AddProvider(site.Log);
        before?.Invoke(builder);
        builder.Services.AddSingleton(site._audit.Writer);
        builder.Services.AddEzAudit().AddAspNetCore();
        configure?.Invoke(builder);
        site.Application = builder.Build();
        map?.Invoke(site.Application);
        site.Application.Map("/do/{act}", (HttpContext context, string act) => site._acts[act](context));
        await site.Application.StartAsync();
        site.Browser = site.Client(site._cookies);
        return site;
    }

    /// <summary>Another browser.</summary>
    public HttpClient Client() => Client(new CookieContainer());

    /// <summary>The values of the browser's cookies.</summary>
    public IEnumerable<string> BrowserCookies() => _cookies.GetAllCookies().Select(cookie => cookie.Value).Where(value => value.Length > 0);

    private HttpClient Client(CookieContainer cookies)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false };
        var client = new HttpClient(handler) { BaseAddress = new Uri(Application.Urls.First()) };
        _clients.Add(client);
        return client;
    }

    /// <summary>Runs code in a request of the browser.</summary>
    public async Task<HttpStatusCode> Do(Func<HttpContext, Task> act, HttpClient? client = null)
    {
        string name = Interlocked.Increment(ref _lastAct).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _acts[name] = act;
        using HttpResponseMessage response = await (client ?? Browser).PostAsync($"/do/{name}", null);
        return response.StatusCode;
    }

    public IReadOnlyList<AuditRecord> Records(string function) => _audit.Has($"{function}.log") ? _audit.Records($"{function}.log") : [];

    /// <summary>Fails unless a function has exactly one record with exactly these fields.</summary>
    public AuditRecord AssertOnly(string function, params (string Name, string Value)[] fields)
    {
        IReadOnlyList<AuditRecord> records = Records(function);
        Assert.HasCount(1, records, $"{function}; written: {string.Join(", ", Written())}");
        CollectionAssert.AreEqual(fields.Select(field => $"{field.Name}: {field.Value}").ToArray(), records[0].Fields.Select(field => field.ToString()).ToArray(), function);
        return records[0];
    }

    /// <summary>Fails unless exactly these functions have records.</summary>
    public void AssertWritten(params string[] functions) => CollectionAssert.AreEquivalent(functions, Written().ToArray(), string.Join(", ", Written()));

    /// <summary>The functions that have records.</summary>
    public IEnumerable<string> Written() => Functions.Where(name => _audit.Has($"{name}.log"));

    /// <summary>Everything in the log directory, as text.</summary>
    public string AllText() => string.Concat(Directory.EnumerateFiles(Root[AuditSite.LogDirectory]).Select(File.ReadAllText));

    public async ValueTask DisposeAsync()
    {
        foreach (HttpClient client in _clients) client.Dispose();
        await Application.DisposeAsync();
        _audit.Dispose();
    }
}
