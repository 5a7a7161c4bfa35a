using System.ComponentModel.DataAnnotations;
using System.Text;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.EntityFrameworkCore.Plans;

/// <summary>Secrets of ASP.NET Core Identity are in no file, although the application did not mark them.</summary>
public abstract class IdentitySecretTests(DatabaseKind database)
{
    private const string Settings = """
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[*]=all.log
        AuditFileNames[record-insert]=change.log
        AuditFileNames[record-update]=change.log
        AuditFileNames[record-delete]=change.log

        """;

    private const string Token = "s3kr1t-of-another-site";

    [TestClass]
    public sealed class OnSqlite() : IdentitySecretTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : IdentitySecretTests(DatabaseKind.PostgreSql);

    [TestMethod]
    public async Task TheStockStoresRevealNoSecret()
    {
        string log = await LogOf<IdentityDbContext, IdentityUser, IdentityRole>(options => new IdentityDbContext(options), new IdentityUser("anna"));
        foreach (string field in new[]
        {
            "SecurityStamp new", "SecurityStamp old", "PasswordHash new", "PasswordHash old", "Value new", "Value old", "#CredentialId", "Data.PublicKey new",
            "Data.AttestationObject new", "Data.ClientDataJson new",
        })
            StringAssert.Contains(log, field + ": [redacted]\n", StringComparison.Ordinal);
        StringAssert.Contains(log, "\nUserName new: anna\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task DerivedUsersOfOtherKeysAndRenamedColumnsRevealNoSecret()
    {
        string log = await LogOf<PeopleContext, Person, IdentityRole<Guid>>(options => new PeopleContext(options), new Person { UserName = "anna" });
        foreach (string field in new[] { "Mark new", "Print new", "Content new", "#Handle" }) StringAssert.Contains(log, field + ": [redacted]\n", StringComparison.Ordinal);
        StringAssert.Contains(log, "Table: People\n", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task OfAFailedSignInOnlyWhatChangedIsRecorded()
    {
        using ModelSite<IdentityDbContext> site = Site<IdentityDbContext, IdentityUser, IdentityRole>(options => new IdentityDbContext(options), out ServiceProvider services);
        await using (services)
        {
            await Use<IdentityUser>(services, async users => AssertOk(await users.CreateAsync(new IdentityUser("anna"), "Pa$$w0rd-1")));
            int before = site.Changes().Length;
            await Use<IdentityUser>(services, async users =>
            {
                IdentityUser anna = (await users.FindByNameAsync("anna"))!;
                AssertOk(await users.AccessFailedAsync(anna));
            });
            string change = site.Changes()[before..].Single();
            StringAssert.Contains(change, " AccessFailedCount old=0 AccessFailedCount new=1 ConcurrencyStamp old=", StringComparison.Ordinal);
            Assert.HasCount(4, change.Split(' ').Where(word => word.StartsWith("old=", StringComparison.Ordinal) || word.StartsWith("new=", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void StoresOfAnApplicationsOwnRevealNoSecretOfTheSameName()
    {
        using ModelSite<OwnContext> site = new(database, options => new OwnContext(options));
        string change = site.Save(context => context.Add(new Member { SecurityStamp = Token, PasswordHash = Token, Phrase = Token, Plain = "p" })).Single();
        Assert.DoesNotContain(Token, change);
        StringAssert.Contains(change, "Plain new=p", StringComparison.Ordinal);
        StringAssert.Contains(change, "a new=[redacted]", StringComparison.Ordinal);
    }

    private async Task<string> LogOf<TContext, TUser, TRole>(Func<DbContextOptions<TContext>, TContext> create, TUser user)
        where TContext : DbContext where TUser : class, new() where TRole : class
    {
        using ModelSite<TContext> site = Site<TContext, TUser, TRole>(create, out ServiceProvider services);
        await using (services)
        {
            var secrets = new HashSet<string>();
            await Use<TUser>(services, async users =>
            {
                await Live(users, user, secrets);
                await AssertSecondFactorCannotBeComputed(users, user, AllText(site));
                AssertOk(await users.DeleteAsync(user));
            });
            string log = AllText(site);
            foreach (string secret in secrets) Assert.DoesNotContain(secret, log, StringComparison.OrdinalIgnoreCase);
            Assert.IsGreaterThan(12, secrets.Count);
            return log;
        }
    }

    private static async Task Live<TUser>(UserManager<TUser> users, TUser user, HashSet<string> secrets) where TUser : class
    {
        var passkey = new UserPasskeyInfo(
            Bytes("credential-of-anna"), Bytes("public-key-of-anna"), DateTimeOffset.UnixEpoch, 1, null, true, false, false, Bytes("attestation-of-anna"), Bytes("client-data-of-anna"));
        AssertOk(await users.CreateAsync(user, "Pa$$w0rd-1"));
        await Plant();
        AssertOk(await users.SetEmailAsync(user, "anna@example.org"));
        AssertOk(await users.SetTwoFactorEnabledAsync(user, true));
        AssertOk(await users.ResetAuthenticatorKeyAsync(user));
        secrets.Add((await users.GetAuthenticatorKeyAsync(user))!);
        string[] codes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 5))!];
        secrets.UnionWith(codes);
        AssertOk(await users.RedeemTwoFactorRecoveryCodeAsync(user, codes[0]));
        AssertOk(await users.SetAuthenticationTokenAsync(user, "another-site", "access", Token));
        secrets.Add(Token);
        AssertOk(await users.AddOrUpdatePasskeyAsync(user, passkey));
        foreach (byte[] part in new[] { passkey.CredentialId, passkey.PublicKey, passkey.AttestationObject, passkey.ClientDataJson })
            secrets.UnionWith([Convert.ToHexString(part), Convert.ToBase64String(part).TrimEnd('='), Encoding.ASCII.GetString(part)]);
        await Plant();
        AssertOk(await users.ChangePasswordAsync(user, "Pa$$w0rd-1", "Pa$$w0rd-2"));
        await Plant();
        AssertOk(await users.RemovePasskeyAsync(user, passkey.CredentialId));
        AssertOk(await users.RemoveAuthenticationTokenAsync(user, "another-site", "access"));
        AssertOk(await users.UpdateSecurityStampAsync(user));
        await Plant();

        async Task Plant()
        {
            secrets.Add(await users.GetSecurityStampAsync(user));
            secrets.Add((string)typeof(TUser).GetProperty("PasswordHash")!.GetValue(user)!);
        }
    }

    // Tries every word of the log as the security stamp. Two codes must match: a single one of six digits may match by chance.
    private static async Task AssertSecondFactorCannotBeComputed<TUser>(UserManager<TUser> users, TUser user, string log) where TUser : class, new()
    {
        string stamp = await users.GetSecurityStampAsync(user);
        Assert.IsTrue(await CanForge(stamp), "Anyone with the stamp can compute the codes.");
        foreach (string word in log.Split([' ', '\n', '\t', ',', '"', '[', ']', '=', ':'], StringSplitOptions.RemoveEmptyEntries).Distinct())
            Assert.IsFalse(await CanForge(word), word);

        async Task<bool> CanForge(string candidate)
        {
            var forged = new TUser();
            foreach (string copied in new[] { "Id", "Email" }) typeof(TUser).GetProperty(copied)!.SetValue(forged, typeof(TUser).GetProperty(copied)!.GetValue(user));
            typeof(TUser).GetProperty("SecurityStamp")!.SetValue(forged, candidate);
            var provider = new EmailTokenProvider<TUser>();
            foreach (string purpose in new[] { "TwoFactor", "Another" })
            {
                string code = await provider.GenerateAsync(purpose, users, forged);
                if (!await provider.ValidateAsync(purpose, code, users, user)) return false;
            }
            return true;
        }
    }

    private ModelSite<TContext> Site<TContext, TUser, TRole>(Func<DbContextOptions<TContext>, TContext> create, out ServiceProvider provider)
        where TContext : DbContext where TUser : class where TRole : class
    {
        ModelSite<TContext>? site = null;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<TContext>(builder => site!.Options((DbContextOptionsBuilder<TContext>)builder));
        services.AddIdentityCore<TUser>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddRoles<TRole>().AddEntityFrameworkStores<TContext>()
            .AddTokenProvider<EmailTokenProvider<TUser>>("Email").AddTokenProvider<AuthenticatorTokenProvider<TUser>>("Authenticator");
        ServiceProvider built = services.BuildServiceProvider();
        site = new ModelSite<TContext>(database, create, builder => builder.UseApplicationServiceProvider(built), Settings);
        provider = built;
        return site;
    }

    private static async Task Use<TUser>(ServiceProvider services, Func<UserManager<TUser>, Task> work) where TUser : class
    {
        await using AsyncServiceScope scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<UserManager<TUser>>());
    }

    private static string AllText<TContext>(ModelSite<TContext> site) where TContext : DbContext =>
        string.Join('\n', Directory.EnumerateFiles(site.Site.Root["var"], "*", SearchOption.AllDirectories)
            // The writer's lock files, which are empty.
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    private static void AssertOk(IdentityResult result) => Assert.IsTrue(result.Succeeded, result.ToString());

    internal sealed class PeopleContext(DbContextOptions<PeopleContext> options) : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.Entity<Person>(person =>
            {
                person.ToTable("People");
                person.Property(p => p.SecurityStamp).HasColumnName("Mark");
                person.Property(p => p.PasswordHash).HasColumnName("Print");
            });
            builder.Entity<IdentityUserToken<Guid>>().ToTable("Things").Property(token => token.Value).HasColumnName("Content");
            builder.Entity<IdentityUserPasskey<Guid>>().ToTable("Others").Property(passkey => passkey.CredentialId).HasColumnName("Handle");
        }
    }

    internal sealed class Person : IdentityUser<Guid>
    {
        public string? Nickname { get; set; }
    }

    internal sealed class OwnContext(DbContextOptions<OwnContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Member>(member =>
        {
            member.Property(m => m.SecurityStamp).HasColumnName("a");
            member.Property(m => m.PasswordHash).HasColumnName("b");
            member.Property(m => m.Phrase).HasColumnName("c");
        });
    }

    internal sealed class Member
    {
        public int Id { get; set; }

        public string? SecurityStamp { get; set; }

        public string? PasswordHash { get; set; }

        [DataType(DataType.Password)]
        public string? Phrase { get; set; }

        public string? Plain { get; set; }
    }
}
