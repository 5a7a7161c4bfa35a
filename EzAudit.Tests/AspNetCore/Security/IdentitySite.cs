using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>A <see cref="SecuritySite"/> with ASP.NET Core Identity and one existing user, <c>editor</c>.</summary>
internal sealed class IdentitySite : IAsyncDisposable
{
    public const string Password = "Swordfish-7!";

    private IdentitySite(SecuritySite site) => Site = site;

    public SecuritySite Site { get; }

    public MemoryIdentity Data => Site.Application.Services.GetRequiredService<MemoryIdentity>();

    /// <summary>The user that exists from the beginning; its id is 16.</summary>
    public IdentityUser Editor => Data.Users.Single(user => user.Id == "16");

    public (string, string)[] EditorFields { get; } = [("User id", "16"), ("User login", "editor")];

    public static async Task<IdentitySite> Start(
        Action<IdentityBuilder>? identity = null, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, string furtherSettings = "")
    {
        SecuritySite site = await SecuritySite.Start(
            builder =>
            {
                builder.Services.AddSingleton<MemoryIdentity>();
                IdentityBuilder added = builder.Services.AddIdentity<IdentityUser, IdentityRole>(options => options.Lockout.MaxFailedAccessAttempts = 3)
                    .AddDefaultTokenProviders();
                builder.Services.AddScoped<IUserStore<IdentityUser>, MemoryUsers>();
                builder.Services.AddScoped<IRoleStore<IdentityRole>, MemoryRoles>();
                builder.Services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
                identity?.Invoke(added);
                added.AddEzAudit();
                configure?.Invoke(builder);
            },
            map,
            furtherSettings);
        var all = new IdentitySite(site);
        await all.AddUser("16", "editor");
        return all;
    }

    /// <summary>Adds a user without the managers, so that there is no event.</summary>
    public Task<IdentityUser> AddUser(string id, string login)
    {
        var user = new IdentityUser(login) { Id = id, NormalizedUserName = login.ToUpperInvariant(), Email = $"{login}@example.org", LockoutEnabled = true };
        user.NormalizedEmail = user.Email.ToUpperInvariant();
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.PasswordHash = new PasswordHasher<IdentityUser>().HashPassword(user, Password);
        Data.Users.Add(user);
        return Task.FromResult(user);
    }

    public IdentityRole AddRole(string id, string name)
    {
        var role = new IdentityRole(name) { Id = id, NormalizedName = name.ToUpperInvariant() };
        Data.Roles.Add(role);
        return role;
    }

    /// <summary>Signs in by password in a request of the browser.</summary>
    public async Task<SignInResult> SignIn(string login = "editor", string password = Password, bool isPersistent = false, HttpClient? browser = null)
    {
        SignInResult result = SignInResult.Failed;
        await Site.Do(async context => result = await SignInManager(context).PasswordSignInAsync(login, password, isPersistent, lockoutOnFailure: true), browser);
        return result;
    }

    /// <summary>Runs code with the user manager in a request of the browser.</summary>
    public async Task<T> WithUsers<T>(Func<UserManager<IdentityUser>, Task<T>> act)
    {
        T? result = default;
        await Site.Do(async context => result = await act(context.RequestServices.GetRequiredService<UserManager<IdentityUser>>()));
        return result!;
    }

    /// <summary>Runs code with the role manager in a request of the browser.</summary>
    public async Task<T> WithRoles<T>(Func<RoleManager<IdentityRole>, Task<T>> act)
    {
        T? result = default;
        await Site.Do(async context => result = await act(context.RequestServices.GetRequiredService<RoleManager<IdentityRole>>()));
        return result!;
    }

    /// <summary>Runs code with the sign-in manager in a request of the browser.</summary>
    public async Task<T> WithSignIn<T>(Func<SignInManager<IdentityUser>, Task<T>> act)
    {
        T? result = default;
        await Site.Do(async context => result = await act(SignInManager(context)));
        return result!;
    }

    public AuditRecord AssertOnly(string function, params (string Name, string Value)[] fields) => Site.AssertOnly(function, fields);

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    public static SignInManager<IdentityUser> SignInManager(HttpContext context) => context.RequestServices.GetRequiredService<SignInManager<IdentityUser>>();
}
