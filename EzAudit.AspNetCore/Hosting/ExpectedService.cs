using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>A service that must be the audited one for something to be recorded.</summary>
/// <param name="Service">The service.</param>
/// <param name="Audited">What must answer for it.</param>
/// <param name="Needed">The service without which nobody uses it.</param>
/// <param name="Missing">What is not recorded otherwise.</param>
/// <param name="Advice">What the application does about it.</param>
internal sealed record ExpectedService(Type Service, Type Audited, Type Needed, string Missing, string Advice)
{
    public bool IsNeeded(IServiceProvider services) => services.GetRequiredService<IServiceProviderIsService>().IsService(Needed);
}
