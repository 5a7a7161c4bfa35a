using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Newsroom.Accounts;
using Newsroom.Api;
using Newsroom.Content;
using Newsroom.Data;
using Newsroom.Projects;
using Newsroom.Shop;
using Newsroom.Site;

namespace Newsroom;

/// <summary>Registers the services of the site.</summary>
internal static class NewsroomServiceCollectionExtensions
{
    public static void AddAccounts(this IServiceCollection services, IConfiguration configuration, SiteFolder folder)
    {
        services.AddIdentity<Account, Group>(options =>
            {
                options.Password.RequiredLength = 12;
                options.Lockout.MaxFailedAccessAttempts = 3;
                options.User.RequireUniqueEmail = true;
            })
            .AddUserStore<AccountStore>()
            .AddRoleStore<GroupStore>()
            // Not AddDefaultTokenProviders(): its phone provider would ask the store for phone numbers, and the site has none.
            .AddTokenProvider<DataProtectorTokenProvider<Account>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorTokenProvider<Account>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddEzAudit();
        // Account changes take effect within seconds instead of half an hour.
        services.Configure<SecurityStampValidatorOptions>(options =>
        {
            options.ValidationInterval = TimeSpan.FromSeconds(10);
            options.OnRefreshingPrincipal = Impersonation.KeepAsync;
        });
        services.Configure<DataProtectionTokenProviderOptions>(options =>
            options.TokenLifespan = configuration.GetValue("ResetLinkLifetime", TimeSpan.FromHours(2)));
        services.ConfigureApplicationCookie(options =>
        {
            options.LoginPath = "/Me/SignIn";
            options.AccessDeniedPath = "/Me/AccessDenied";
            options.ExpireTimeSpan = TimeSpan.FromDays(14);
        });
        services.AddDataProtection().SetApplicationName("Newsroom").PersistKeysToFileSystem(new DirectoryInfo(folder.PathOf("keys")));
        services.AddAuthorization(options =>
        {
            foreach (string permission in Permissions.All) options.AddPolicy(permission, policy => policy.RequireClaim(Permissions.ClaimType, permission));
        });
        services.AddSingleton<Outbox>().AddScoped<Impersonation>().AddScoped<Seed>();
    }

    public static void AddApi(this IServiceCollection services, SiteFolder folder)
    {
        var tokens = new AccessTokens(folder);
        services.AddSingleton(tokens);
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, BasicHandler>(BasicHandler.Scheme, null)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = tokens.Validation;
            })
            .AddPolicyScheme(ApiPolicy.Scheme, null, options => options.ForwardDefaultSelector = ApiPolicy.SchemeOf);
        services.AddAuthorization(options => options.AddPolicy(
            ApiPolicy.Name, new AuthorizationPolicyBuilder(ApiPolicy.Scheme).RequireAuthenticatedUser().Build()));
        services.AddScoped<ApiKeys>();
    }

    public static void AddSite(this IServiceCollection services)
    {
        services.AddRazorPages().AddMvcOptions(options => options.Filters.Add<KnownHandlers>());
        services.AddMemoryCache();
        services.AddScoped<ContentTree>().AddScoped<Writing>().AddScoped<Arranging>().AddScoped<Removal>().AddScoped<Attachments>();
        services.AddScoped<OrderBook>().AddScoped<ProjectOffice>().AddScoped<SiteSettings>();
    }
}
