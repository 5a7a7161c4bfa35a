using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EzAudit.Benchmarks.Web;

/// <summary>
/// The command <c>web-server</c>, which runs in its own process: Kestrel with one endpoint that says hello. Prints its port, and for each input
/// line the bytes allocated so far and the processor time in milliseconds; ends when its input does.
/// </summary>
internal sealed class WebServer(WebContender contender, string directory)
{
    public const string LogFile = "requests.log";

    private const int BufferSize = 64 << 10;

    public async Task RunAsync()
    {
        // A host watches its content root for edits of appsettings.json: a log below it would wake the watcher with every write, for any contender.
        string content = Directory.CreateDirectory(Path.Combine(directory, "application")).FullName;
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = content, EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        AddServices(builder);
        await using WebApplication app = builder.Build();
        Use(app);
        app.MapGet("/", () => "hello");
        await app.StartAsync();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Console.WriteLine(new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
        while (Console.ReadLine() is not null)
        {
            string figures = string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalAllocatedBytes(precise: true)} {Environment.CpuUsage.TotalTime.TotalMilliseconds}");
            Console.WriteLine(figures);
        }
        await app.StopAsync();
    }

    private void AddServices(WebApplicationBuilder builder)
    {
        switch (contender)
        {
            case WebContender.Context:
                AddEzAudit(builder, "user-login", "os", "fail");
                break;
            case WebContender.Os:
                AddEzAudit(builder, "web-access", "os", "fail");
                break;
            case WebContender.OsContinue:
                AddEzAudit(builder, "web-access", "os", "continue");
                break;
            case WebContender.Queue:
                AddEzAudit(builder, "web-access", "queue", "fail");
                break;
            case WebContender.HttpLogging:
                AddHttpLogging(builder, 0);
                break;
            case WebContender.HttpLoggingBuffered:
                AddHttpLogging(builder, BufferSize);
                break;
            case WebContender.W3CLogger:
                AddW3CLogging(builder);
                break;
        }
    }

    private void Use(WebApplication app)
    {
        switch (contender)
        {
            case WebContender.HttpLogging or WebContender.HttpLoggingBuffered:
                app.UseHttpLogging();
                break;
            case WebContender.W3CLogger:
                app.UseW3CLogging();
                break;
        }
    }

    private void AddEzAudit(WebApplicationBuilder builder, string function, string durability, string onFailure)
    {
        Directory.CreateDirectory(Path.Combine(directory, "settings"));
        File.WriteAllText(
            Path.Combine(directory, "settings", "audit.ini"),
            $"""
            [AuditSettings]
            Audit=enabled
            OnUnknownFunction=ignore
            AuditFileNames[{function}]={LogFile}
            [FunctionDefaults]
            Durability={durability}
            OnFailure={onFailure}
            """);
        builder.Services.AddEzAudit(directory).AddAspNetCore();
    }

    // The same facts about a request as EzAudit's record, in one message.
    private void AddHttpLogging(WebApplicationBuilder builder, int bufferSize)
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.HttpLogging", LogLevel.Information);
        // Created by the host, so that the host disposes of it.
        builder.Services.AddSingleton<ILoggerProvider>(_ => new FileLogger(Path.Combine(directory, LogFile), bufferSize));
        builder.Services.AddHttpLogging(options =>
        {
            options.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode | HttpLoggingFields.Duration;
            options.CombineLogs = true;
        });
    }

    private void AddW3CLogging(WebApplicationBuilder builder) => builder.Services.AddW3CLogging(options =>
    {
        options.LogDirectory = directory;
        options.FileName = Path.GetFileNameWithoutExtension(LogFile);
        options.FileSizeLimit = null;
        // The logger accepts 1024 requests between two flushes and makes the rest wait; with its default of one second, 1024 a second would be the limit.
        options.FlushInterval = TimeSpan.FromMilliseconds(1);
        options.LoggingFields = W3CLoggingFields.Date | W3CLoggingFields.Time | W3CLoggingFields.ClientIpAddress | W3CLoggingFields.UserName
            | W3CLoggingFields.Method | W3CLoggingFields.UriStem | W3CLoggingFields.ProtocolStatus | W3CLoggingFields.TimeTaken;
    });
}
