using System.Net;
using EzAudit.Records;
using EzAudit.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.AspNetCore;

/// <summary>A web application on Kestrel with its own root and settings, and a client for it.</summary>
internal sealed class WebSite : IAsyncDisposable
{
    private readonly AuditSite _files;
    private readonly WebApplication _app;

    private WebSite(AuditSite files, WebApplication app)
    {
        _files = files;
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public TempFolder Root => _files.Root;

    public IServiceProvider Services => _app.Services;

    public AuditWriter Writer => _app.Services.GetRequiredService<AuditWriter>();

    /// <summary>An audit.ini with a line for each of these functions, followed by further settings.</summary>
    public static string Settings(string behind, params string[] functions) =>
        $"[AuditSettings]\nAudit=enabled\nOnUnknownFunction=ignore\n{string.Concat(functions.Select(function => $"AuditFileNames[{function}]={function}.log\n"))}[FunctionDefaults]\nDurability=os\n{behind}";

    /// <param name="settings">audit.ini.</param>
    /// <param name="map">Adds to the application.</param>
    /// <param name="configure">Adds services.</param>
    /// <param name="kestrel">Configures the server's endpoint.</param>
    public static async Task<WebSite> StartAsync(
        string settings, Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null, Action<ListenOptions>? kestrel = null)
    {
        var files = new AuditSite(settings);
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = files.Root.Path, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, kestrel ?? (_ => { })));
        builder.Services.AddEzAudit(files.Root.Path).AddAspNetCore();
        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        map(app);
        await app.StartAsync();
        return new WebSite(files, app);
    }

    /// <summary>Waits until a function has this number of records and returns them; fails if there are more.</summary>
    public AuditRecord[] Records(string function, int count)
    {
        string file = $"{function}.log";
        Until.True(() => _files.Has(file) && _files.Records(file).Length >= count, $"there are {count} records of {function}");
        AuditRecord[] records = _files.Records(file);
        Assert.HasCount(count, records);
        return records;
    }

    /// <summary>The records that a function has so far.</summary>
    public AuditRecord[] RecordsNow(string function) => _files.Records($"{function}.log");

    /// <summary>Waits for the only record of a function.</summary>
    public AuditRecord Record(string function) => Records(function, 1)[0];

    /// <summary>The text of all log files.</summary>
    public string AllLogs() => string.Concat(Directory.EnumerateFiles(Root[AuditSite.LogDirectory]).Select(File.ReadAllText));

    public bool Has(string function) => _files.Has($"{function}.log");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _files.Dispose();
    }
}
