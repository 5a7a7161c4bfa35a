using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.EntityFrameworkCore.Transactions;

/// <summary>Puts <see cref="AuditTransactionFactory"/> around the provider's among the services of a context.</summary>
internal sealed class TransactionExtension : IDbContextOptionsExtension
{
    private DbContextOptionsExtensionInfo? _info;

    public DbContextOptionsExtensionInfo Info => _info ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        ServiceDescriptor provider = services.LastOrDefault(service => service.ServiceType == typeof(IRelationalTransactionFactory))
            ?? throw new InvalidOperationException(
                "UseEzAudit: found no relational database provider before it, wanted UseSqlite, UseSqlServer or another one called first.");
        services.Remove(provider);
        services.Add(ServiceDescriptor.Describe(
            typeof(IRelationalTransactionFactory),
            scope => new AuditTransactionFactory(Make(scope, provider), scope.GetRequiredService<ISqlGenerationHelper>()),
            provider.Lifetime));
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private static IRelationalTransactionFactory Make(IServiceProvider scope, ServiceDescriptor provider) => (IRelationalTransactionFactory)(
        provider.ImplementationInstance
        ?? provider.ImplementationFactory?.Invoke(scope)
        ?? ActivatorUtilities.CreateInstance(scope, provider.ImplementationType!));

    /// <summary>The same for all contexts, so that they share their services.</summary>
    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "EzAudit ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["EzAudit"] = "1";
    }
}
