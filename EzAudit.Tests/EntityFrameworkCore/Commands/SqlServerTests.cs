using EzAudit.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>Statements that EF generates for SQL Server, and T-SQL of the application, are recorded for the right tables.</summary>
[TestClass]
public sealed class SqlServerTests
{
    [TestMethod]
    public void GeneratedStatementsAreRecordedByTheirTableAndSchema()
    {
        using var site = new AuditSite(NewsSite.Settings);
        using SqlServerContext context = SqlServerContext.Open(site);
        context.Orders.TagWith("s3cret").ExecuteUpdate(set => set.SetProperty(order => order.Name, "s3cret"));
        context.Orders.Where(order => context.Details.Any(detail => detail.OrderId == order.Id)).Take(5).ExecuteDelete();
        context.Details.ExecuteDelete();
        context.OldOrders.Where(old => context.Orders.Any(order => order.Id == old.Id)).ExecuteUpdate(set => set.SetProperty(old => old.Name, "x"));
        context.OldOrders.ExecuteDelete();
        string[] changes = Changes(site);
        Assert.HasCount(3, changes, string.Join('\n', changes));
        Assert.AreEqual("a.Orders U 3 UPDATE [o] SET [o].[Name] = @p FROM [a].[Orders] AS [o]", changes[0]);
        StringAssert.StartsWith(changes[1], "a.Orders D 3 DELETE ", StringComparison.Ordinal);
        Assert.AreEqual("Order Details D 3 DELETE FROM [o] FROM [Order Details] AS [o]", changes[2]);
    }

    [TestMethod]
    [DataRow("UPDATE [o] SET [o].Name = N's3cret' FROM [a].[Orders] AS [o]", "a.Orders U 3 UPDATE [o] SET [o].Name = ? FROM [a].[Orders] AS [o]")]
    [DataRow("UPDATE [o] SET [o].Name = N's3cret' FROM [b].[Orders] AS [o]", "")]
    [DataRow("DELETE TOP (5) FROM A.ORDERS", "a.Orders D 3 DELETE TOP (?) FROM A.ORDERS")]
    [DataRow("DELETE Orders", "Orders D 3 DELETE Orders")]
    [DataRow("DELETE c.Orders", "c.Orders D 3 DELETE c.Orders")]
    [DataRow("TRUNCATE TABLE [dbo].[Order Details]", "Order Details D [unknown] TRUNCATE TABLE [dbo].[Order Details]")]
    [DataRow("TRUNCATE TABLE b.Orders", "")]
    [DataRow("EXEC dbo.Purge s3cret", "[unknown] IDU [unknown] EXEC dbo.Purge ?")]
    [DataRow("DELETE b.Orders DELETE a.Orders", "a.Orders D 3 [of 2 statements together] DELETE a.Orders")]
    public void SqlIsReadAsSqlServerReadsIt(string sql, string expected)
    {
        using var site = new AuditSite(NewsSite.Settings);
        using SqlServerContext context = SqlServerContext.Open(site);
        context.Database.ExecuteSqlRaw(sql);
        Assert.AreEqual(expected, string.Join('|', Changes(site)));
    }

    [TestMethod]
    public void RowsThatSqlServerDoesNotCountAreSaidToBeUnknown()
    {
        using var site = new AuditSite(NewsSite.Settings);
        using SqlServerContext context = SqlServerContext.Open(site, rows: -1);
        context.Database.ExecuteSqlRaw("SET NOCOUNT ON; DELETE a.Orders");
        Assert.AreEqual("a.Orders D [unknown] DELETE a.Orders", Changes(site).Single());
    }

    [TestMethod]
    public void AStatementWithOutputIsAChange()
    {
        using var site = new AuditSite(NewsSite.Settings);
        using SqlServerContext context = SqlServerContext.Open(site);
        Assert.IsEmpty(context.Database.SqlQueryRaw<int>("DELETE FROM a.Orders OUTPUT deleted.Id AS Value").ToList());
        StringAssert.StartsWith(Changes(site).Single(), "a.Orders D ", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WithOnlyMarkedEntitiesUnclearStatementsAreRecorded()
    {
        using var site = new AuditSite(NewsSite.Settings);
        using SqlServerContext context = SqlServerContext.Open(site, configure: options => options.OnlyMarked = true);
        context.Database.ExecuteSqlRaw("DELETE a.Orders");
        context.Database.ExecuteSqlRaw("EXEC p");
        StringAssert.StartsWith(Changes(site).Single(), "[unknown] IDU", StringComparison.Ordinal);
    }

    private static string[] Changes(AuditSite site) =>
        site.Has("change.log") ? [.. site.Records("change.log").Select(record => string.Join(' ', NewsSite.FieldsOf(record).Select(field => field.Value)))] : [];
}
