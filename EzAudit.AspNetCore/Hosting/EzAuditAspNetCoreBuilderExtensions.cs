using EzAudit.AspNetCore.Hosting;
using EzAudit.AspNetCore.Requests;
using EzAudit.AspNetCore.Security;
using EzAudit.AspNetCore.Views;
using EzAudit.Extensibility;
using EzAudit.Plugins;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds request capture to a host's audit trail.</summary>
public static class EzAuditAspNetCoreBuilderExtensions
{
    /// <summary>
    /// Captures requests, sign-ins, sessions and denied access, and adds the user and the origin to every record written during a request. Adds the
    /// functions of EzAudit.Plugins, so that audit.ini need not name their assembly. The section <c>[RequestSettings]</c> of audit.ini says what is
    /// recorded of requests. The start, stop and failure of the host are recorded as <c>service-start</c>, <c>service-stop</c> and
    /// <c>service-error</c>.
    /// </summary>
    /// <param name="builder">The host's audit trail.</param>
    /// <param name="configure">Sets which claims name the actor, and where the session id comes from.</param>
    /// <exception cref="InvalidOperationException">The audit trail was added with <c>AddKeyedEzAudit</c>.</exception>
    public static EzAuditBuilder AddAspNetCore(this EzAuditBuilder builder, Action<AuditAspNetCoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name is { } name)
            throw new InvalidOperationException(
                $"AddAspNetCore: the audit trail \"{name}\" was added with AddKeyedEzAudit, but only the host's own records requests. Call AddEzAudit().AddAspNetCore().");
        IServiceCollection services = builder.Services;
        if (configure is not null) services.Configure(configure);
        services.AddOptions<AuditAspNetCoreOptions>()
            .Validate(options => !options.IdClaims.Concat(options.LoginClaims).Any(string.IsNullOrWhiteSpace),
                "AuditAspNetCoreOptions: IdClaims and LoginClaims must not contain an empty claim type.")
            .ValidateOnStart();
        if (services.Any(service => service.ServiceType == typeof(RequestPipeline))) return builder;
        foreach (IAuditPlugin plugin in BuiltInPlugins.Create()) builder.AddPlugin(plugin);
        builder.AddPlugin(new RequestPlugin());
        services.AddHostedService<HostLifetimeRecorder>();
        services.AddSingleton<RequestPipeline>();
        services.AddSecurityCapture();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, ObservedEndpointPolicy>());
        // First, so that it runs in front of what other filters add.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, AuditStartupFilter>());
        return builder;
    }
}
