using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.EntityFrameworkCore.Services;

/// <summary>Lets the commands of <c>SaveChanges</c> pass by the interceptor of EzAudit, which has nothing to learn from them.</summary>
/// <remarks>
/// Fast on purpose: where anybody intercepts commands, EF makes several objects for each of them. The benchmark <c>ef</c> shows it: of
/// a hundred rows' <c>SaveChanges</c> it is a tenth. Interceptors and logs of the application's own see them as ever.
/// </remarks>
internal static class CommandsOfSaves
{
    /// <summary>Makes what EF tells commands to; <see langword="null"/> where the application has put one of its own there.</summary>
    public static ObjectFactory? LoggerIn(IServiceCollection services) =>
        services.LastOrDefault(service => service.ServiceType == typeof(IRelationalCommandDiagnosticsLogger))?.ImplementationType is { } type
            ? ActivatorUtilities.CreateFactory(type, [typeof(IInterceptors)])
            : null;

    public static IRelationalCommandDiagnosticsLogger Log(IServiceProvider scope, ObjectFactory logger) =>
        (IRelationalCommandDiagnosticsLogger)logger(scope, [new OtherInterceptors(scope)]);
}
