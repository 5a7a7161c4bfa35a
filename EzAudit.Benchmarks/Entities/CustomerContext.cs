using Microsoft.EntityFrameworkCore;

namespace EzAudit.Benchmarks.Entities;

/// <summary>Customers in a SQLite database file.</summary>
internal sealed class CustomerContext(DbContextOptions<CustomerContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Customer>();
        modelBuilder.AddAuditOutbox();
    }
}
