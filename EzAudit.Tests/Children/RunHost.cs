using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EzAudit.Tests.Children;

/// <summary>Runs a host with the audit trail of ROOT until its input ends.</summary>
internal static class RunHost
{
    public static int Run(string[] args)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddEzAudit(args[0]).AddAspNetCore();
        using IHost host = builder.Build();
        host.Start();
        Console.WriteLine("started");
        Console.ReadLine();
        host.StopAsync().GetAwaiter().GetResult();
        return 0;
    }
}
