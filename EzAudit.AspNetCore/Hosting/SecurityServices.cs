using EzAudit.AspNetCore.Authentication;
using EzAudit.AspNetCore.Authorization;
using EzAudit.AspNetCore.Security;
using EzAudit.AspNetCore.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>Registers the services that capture security events.</summary>
internal static class SecurityServices
{
    /// <summary>Adds them once. Registers no authentication or authorization for a host that has none.</summary>
    public static IServiceCollection AddSecurityCapture(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(SecurityTrail))) return services;
        services.AddOptions<AuditSessionOptions>()
            .Validate(options => options is { MaxSessions: > 0 } && options.IdleTimeout > TimeSpan.Zero && options.SweepInterval > TimeSpan.Zero,
                "AuditSessionOptions: IdleTimeout, SweepInterval and MaxSessions must be greater than zero.")
            .ValidateOnStart();
        services.AddSingleton<ObservedTrail>();
        services.AddSingleton<FailureFolding>();
        services.AddSingleton<SecurityTrail>();
        services.TryAddSingleton<DetailReader>();
        services.TryAddSingleton<OriginReader>();
        services.AddSingleton<SchemeKinds>();
        services.AddSingleton<RecentPrincipals>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<ApiCalls>();
        services.AddSingleton<Refusals>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, RequirementObserver>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CookieAuthenticationOptions>, SessionCookieEvents>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<BearerTokenOptions>, RefreshTokenEvents>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IPostConfigureOptions<>), typeof(RemoteFailureEvents<>)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SessionSweeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FoldingService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CaptureCheck>());
        services.Decorate<IAuthenticationService, AuditedAuthenticationService>(stock => stock.AddAuthenticationCore());
        services.Decorate<IAuthorizationMiddlewareResultHandler, AuditedAuthorizationResults>(stock => stock.AddAuthorizationPolicyEvaluator());
        return services;
    }

    // The application's AddAuthentication() may run before or after this. If there is nothing to decorate yet, decorate what it would register.
    private static void Decorate<TService, TDecorator>(this IServiceCollection services, Action<IServiceCollection> addStock)
        where TService : class where TDecorator : class, TService
    {
        ServiceDescriptor inner = services.LastOrDefault(service => service.ServiceType == typeof(TService)) ?? Stock<TService>(addStock);
        services.Replace(new ServiceDescriptor(
            typeof(TService), provider => ActivatorUtilities.CreateInstance<TDecorator>(provider, Make<TService>(provider, inner)), inner.Lifetime));
    }

    private static ServiceDescriptor Stock<TService>(Action<IServiceCollection> addStock)
    {
        var scratch = new ServiceCollection();
        addStock(scratch);
        return scratch.Last(service => service.ServiceType == typeof(TService));
    }

    private static TService Make<TService>(IServiceProvider provider, ServiceDescriptor descriptor) where TService : class => (TService)(
        descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!));
}
