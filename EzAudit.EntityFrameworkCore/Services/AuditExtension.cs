using EzAudit.EntityFrameworkCore.Commands;
using EzAudit.EntityFrameworkCore.Saving;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Wraps some of the provider's services for a context, where EF has no suitable interceptor.</summary>
/// <param name="capture">What the context's options say about auditing.</param>
internal sealed class AuditExtension(Capture capture) : IDbContextOptionsExtension
{
    private DbContextOptionsExtensionInfo? _info;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public Capture Capture => capture;

    public void ApplyServices(IServiceCollection services)
    {
        Wrap<IRelationalTransactionFactory>(services, (scope, factory) => new AuditTransactionFactory(factory, scope.GetRequiredService<ISqlGenerationHelper>()));
        Wrap<IBatchExecutor>(services, (scope, executor) => new CapturingExecutor(
            executor, CaptureOf(scope), scope.GetRequiredService<ICurrentDbContext>(), scope.GetRequiredService<IUpdateAdapterFactory>(), scope.GetRequiredService<IInterceptors>()));
        // EF calls it before the interceptors in the options, so an exception from one of those does not keep it from recording.
        services.AddScoped<IInterceptor>(scope => new SavingInterceptor(CaptureOf(scope)));
        Wrap<IQuerySqlGeneratorFactory>(services, (scope, factory) =>
            new AuditSqlGeneratorFactory(factory, scope.GetRequiredService<QuerySqlGeneratorDependencies>()));
        Wrap<IRelationalCommandDiagnosticsLogger>(services, (scope, logger) => new StatementLogger(logger, CaptureOf(scope)));
        Wrap<ModificationCommandBatchFactoryDependencies>(services, (_, parts) => parts with { Logger = new SaveLogger(StatementLogger.ProvidersOf(parts.Logger)) });
    }

    public void Validate(IDbContextOptions options)
    {
    }

    // All contexts share the services, but not their options.
    private static Capture CaptureOf(IServiceProvider scope) => scope.GetRequiredService<IDbContextOptions>().FindExtension<AuditExtension>()!.Capture;

    private static void Wrap<T>(IServiceCollection services, Func<IServiceProvider, T, T> wrap) where T : class
    {
        ServiceDescriptor provider = services.LastOrDefault(service => service.ServiceType == typeof(T))
            ?? throw new InvalidOperationException(
                "UseEzAudit needs a relational database provider. Call UseSqlite, UseSqlServer or the method of another provider before it.");
        Func<IServiceProvider, T> make = Maker<T>(provider);
        services.Remove(provider);
        services.Add(ServiceDescriptor.Describe(typeof(T), scope => wrap(scope, make(scope)), provider.Lifetime));
    }

    private static Func<IServiceProvider, T> Maker<T>(ServiceDescriptor provider)
    {
        if (provider.ImplementationInstance is T instance) return _ => instance;
        if (provider.ImplementationFactory is { } factory) return scope => (T)factory(scope);
        ObjectFactory create = ActivatorUtilities.CreateFactory(provider.ImplementationType!, []);
        return scope => (T)create(scope, []);
    }

    /// <summary>Equal for all contexts, so that they share their services.</summary>
    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "EzAudit ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["EzAudit"] = "1";
    }
}
