using EzAudit.AspNetCore.Hosting;
using EzAudit.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the capture of Identity operations.</summary>
public static class EzAuditIdentityBuilderExtensions
{
    /// <summary>
    /// Replaces Identity's user, role and sign-in managers with audited ones. Call it last. The application's own managers are not replaced:
    /// derive them from <see cref="AuditedUserManager{TUser}"/>, <see cref="AuditedRoleManager{TRole}"/> and
    /// <see cref="AuditedSignInManager{TUser}"/> instead. Otherwise the log reports at startup what is not recorded.
    /// </summary>
    /// <remarks>Requires the host's audit trail (<c>services.AddEzAudit()</c>), in either order.</remarks>
    public static IdentityBuilder AddEzAudit(this IdentityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IServiceCollection services = builder.Services.AddSecurityCapture();
        services.TryAddScoped(typeof(ResetTokens<>).MakeGenericType(builder.UserType));
        builder.Replace(typeof(UserManager<>), typeof(AuditedUserManager<>), builder.UserType, "changes to users");
        builder.Replace(typeof(SignInManager<>), typeof(AuditedSignInManager<>), builder.UserType, "failed sign-ins and their reasons");
        if (builder.RoleType is null) return builder;
        builder.Replace(typeof(RoleManager<>), typeof(AuditedRoleManager<>), builder.RoleType, "changes to roles");
        services.TryAddScoped(typeof(IRoleIds), typeof(RoleIds<>).MakeGenericType(builder.RoleType));
        return builder;
    }

    private static void Replace(this IdentityBuilder builder, Type openStock, Type openAudited, Type of, string missing)
    {
        (Type stock, Type audited) = (openStock.MakeGenericType(of), openAudited.MakeGenericType(of));
        ServiceDescriptor? registered = builder.Services.LastOrDefault(service => service.ServiceType == stock);
        if (registered?.ImplementationType == stock) builder.Services.Replace(new ServiceDescriptor(stock, audited, registered.Lifetime));
        builder.Services.AddSingleton(new ExpectedService(stock, audited, stock, $"{missing} are not recorded", "derive it from the audited one"));
    }
}
