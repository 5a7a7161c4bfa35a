using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Api;
using Newsroom.Content;
using Newsroom.Projects;
using Newsroom.Shop;
using Newsroom.Site;

namespace Newsroom.Data;

/// <summary>All data of the site, in one SQLite file.</summary>
internal sealed class NewsroomDatabase(DbContextOptions<NewsroomDatabase> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Group> Groups => Set<Group>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<AccountClaim> AccountClaims => Set<AccountClaim>();

    public DbSet<GroupClaim> GroupClaims => Set<GroupClaim>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Article> Articles => Set<Article>();

    public DbSet<Node> Nodes => Set<Node>();

    public DbSet<Section> Sections => Set<Section>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Project> Projects => Set<Project>();

    public DbSet<ProjectMember> ProjectMembers => Set<ProjectMember>();

    public DbSet<ProjectGroup> ProjectGroups => Set<ProjectGroup>();

    public DbSet<Setting> Settings => Set<Setting>();

    /// <summary>Saves as Identity's stores do: a concurrency conflict is a result, not an exception.</summary>
    public async Task<IdentityResult> TrySaveAsync(CancellationToken cancellation)
    {
        try
        {
            await SaveChangesAsync(cancellation);
            return IdentityResult.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.HasIndex(row => row.NormalizedLogin).IsUnique();
            account.Property(row => row.ConcurrencyStamp).IsConcurrencyToken().IsAudited(false);
            account.Property(row => row.SecurityStamp).IsAudited(false);
            account.Property(row => row.PasswordHash).IsAuditSensitive();
            account.Property(row => row.AuthenticatorKey).IsAuditSensitive();
            account.Property(row => row.RecoveryCodes).IsAuditSensitive();
        });
        modelBuilder.Entity<Group>(group =>
        {
            group.HasIndex(row => row.NormalizedName).IsUnique();
            group.Property(row => row.ConcurrencyStamp).IsConcurrencyToken().IsAudited(false);
        });
        modelBuilder.Entity<Membership>().HasKey(row => new { row.AccountId, row.GroupId });
        modelBuilder.Entity<ProjectMember>().HasKey(row => new { row.ProjectId, row.AccountId });
        modelBuilder.Entity<ProjectGroup>().HasKey(row => new { row.ProjectId, row.GroupId });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.HasIndex(row => row.Digest).IsUnique();
            key.Property(row => row.Digest).IsAuditSensitive();
        });
        modelBuilder.Entity<Attachment>().Property(row => row.Bytes).IsAudited(false);
        modelBuilder.Entity<Order>().Ignore(row => row.Total);
        modelBuilder.Entity<Setting>().HasKey(row => row.Name);
        modelBuilder.AddAuditOutbox();
    }
}
