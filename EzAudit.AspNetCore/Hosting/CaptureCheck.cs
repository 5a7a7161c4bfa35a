using EzAudit.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>Logs at startup what cannot be captured because the application replaced an audited service.</summary>
internal sealed class CaptureCheck(IServiceProvider services, IEnumerable<ExpectedService> further, ILoggerFactory logs) : IHostedService
{
    private static readonly ExpectedService[] Always =
    [
        new(typeof(IAuthenticationService), typeof(AuditedAuthenticationService), typeof(IAuthenticationSchemeProvider),
            "sign-ins, sign-outs, sessions and API calls are not recorded", "register it before AddAspNetCore()"),
        new(typeof(IAuthorizationMiddlewareResultHandler), typeof(AuditedAuthorizationResults), typeof(IAuthorizationPolicyProvider),
            "denials that it answers without Forbid or Challenge are not recorded", "register it before AddAspNetCore()"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ILogger log = logs.CreateLogger("EzAudit");
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        foreach (ExpectedService captured in Always.Concat(further).Where(captured => captured.IsNeeded(scope.ServiceProvider)))
        {
            object? found = scope.ServiceProvider.GetService(captured.Service);
            if (found is null || captured.Audited.IsInstanceOfType(found)) continue;
#pragma warning disable CA1848, CA1873 // Once at the start of a host.
            log.LogWarning(
                "{Service} is {Found} instead of {Audited}, so {Missing}. To record them, {Advice}.",
                captured.Service, found.GetType(), captured.Audited, captured.Missing, captured.Advice);
#pragma warning restore CA1848, CA1873
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>A service that must be the audited one for something to be recorded.</summary>
/// <param name="Service">The service.</param>
/// <param name="Audited">The expected implementation.</param>
/// <param name="Needed">The service without which this one is not used.</param>
/// <param name="Missing">What is not recorded without it.</param>
/// <param name="Advice">What the application should do.</param>
internal sealed record ExpectedService(Type Service, Type Audited, Type Needed, string Missing, string Advice)
{
    public bool IsNeeded(IServiceProvider services) => services.GetRequiredService<IServiceProviderIsService>().IsService(Needed);
}
