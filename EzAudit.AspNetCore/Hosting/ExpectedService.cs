using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.AspNetCore.Hosting;

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
