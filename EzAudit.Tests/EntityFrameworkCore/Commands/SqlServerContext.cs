using System.ComponentModel.DataAnnotations.Schema;
using System.Data;
using System.Data.Common;
using EzAudit.EntityFrameworkCore;
using EzAudit.EntityFrameworkCore.Mapping;
using EzAudit.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>A context of the SQL Server provider without a server: commands are generated but not run.</summary>
internal sealed class SqlServerContext(DbContextOptions<SqlServerContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OldOrder> OldOrders => Set<OldOrder>();

    public DbSet<Detail> Details => Set<Detail>();

    public static SqlServerContext Open(AuditSite site, int rows = 3, Action<AuditEntityOptions>? configure = null)
    {
        var builder = new DbContextOptionsBuilder<SqlServerContext>();
        builder.UseSqlServer("Server=nowhere.invalid;Database=none;User Id=none;Password=none");
        builder.UseEzAudit(options =>
        {
            options.Writer = site.Writer;
            configure?.Invoke(options);
        });
        builder.AddInterceptors(new NoConnection(), new NoExecution(rows));
        return new SqlServerContext(builder.Options);
    }

    [Table("Orders", Schema = "a")]
    internal sealed class Order
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";
    }

    [NotAudited]
    [Table("Orders", Schema = "b")]
    internal sealed class OldOrder
    {
        public int Id { get; set; }

        public string Name { get; set; } = "";
    }

    [Table("Order Details")]
    internal sealed class Detail
    {
        public int Id { get; set; }

        public int OrderId { get; set; }

        public int Count { get; set; }
    }

    private sealed class NoConnection : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

        public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();
    }

    private sealed class NoExecution(int rows) : DbCommandInterceptor
    {
        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result) =>
            InterceptionResult<int>.SuppressWithResult(rows);

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            SqliteCommand nothing = connection.CreateCommand();
            nothing.CommandText = "SELECT 1 AS Value WHERE 0";
            return InterceptionResult<DbDataReader>.SuppressWithResult(nothing.ExecuteReader(CommandBehavior.CloseConnection));
        }
    }
}
