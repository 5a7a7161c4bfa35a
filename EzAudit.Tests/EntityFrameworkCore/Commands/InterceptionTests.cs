using System.Data.Common;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore.Commands;

/// <summary>The application's interceptors and logs see the same commands as without EzAudit.</summary>
public abstract class InterceptionTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : InterceptionTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : InterceptionTests(DatabaseKind.PostgreSql);

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void TheApplicationsInterceptorsSeeTheCommandsOfSaveChanges(int interceptors)
    {
        using var site = new NewsSite(database);
        SeenCommands[] seen = [.. Enumerable.Range(0, interceptors).Select(_ => new SeenCommands())];
        using NewsContext context = site.Open(builder => builder.AddInterceptors(seen));
        context.Add(new Tag { Name = "a" });
        context.SaveChanges();
        Assert.HasCount(1, context.Tags.ToList());
        foreach (SeenCommands each in seen) CollectionAssert.AreEqual(new[] { CommandSource.SaveChanges, CommandSource.LinqQuery }, each.Sources);
        CollectionAssert.AreEqual(new[] { "Tags I #Id=1 Name new=a" }, site.Changes());
    }

    [TestMethod]
    public void TheApplicationsLogHasTheCommandsOfSaveChanges()
    {
        using var site = new NewsSite(database);
        var lines = new List<string>();
        using NewsContext context = site.Open(builder => builder.LogTo(lines.Add, [RelationalEventId.CommandExecuted]));
        context.Add(new Tag { Name = "a" });
        context.SaveChanges();
        Assert.Contains("INSERT INTO \"Tags\"", lines.Single());
    }

    [TestMethod]
    public void AStatementRightAfterSaveChangesIsRecorded()
    {
        using var site = new NewsSite(database);
        using NewsContext context = site.Open();
        context.Add(new Tag { Name = "a" });
        context.SaveChanges();
        context.Tags.ExecuteDelete();
        context.Add(new Tag { Name = "b" });
        context.SaveChanges();
        context.Database.ExecuteSqlRaw("DELETE FROM \"Tags\"");
        string[] kinds = [.. site.Changes().Select(change => change[..6])];
        CollectionAssert.AreEqual(new[] { "Tags I", "Tags D", "Tags I", "Tags D" }, kinds);
    }

    [TestMethod]
    public void NothingIsSavedIfChangesCannotBeDetected()
    {
        using var site = new NewsSite(database);
        using NewsContext context = site.Open(builder => builder.ReplaceService<IBatchExecutor, OtherExecutor>());
        context.Add(new Tag { Name = "a" });
        var failure = Assert.ThrowsExactly<InvalidOperationException>(() => context.SaveChanges());
        Assert.AreEqual(
            "NewsContext: EF's service IBatchExecutor was replaced after UseEzAudit, so no change would be recorded. Remove the replacement.", failure.Message);
    }

    private sealed class SeenCommands : DbCommandInterceptor
    {
        public List<CommandSource> Sources { get; } = [];

        public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
        {
            Sources.Add(eventData.CommandSource);
            return result;
        }
    }

#pragma warning disable CA1812 // EF makes it.
    private sealed class OtherExecutor : IBatchExecutor
#pragma warning restore CA1812
    {
        public int Execute(IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection) => 1;

        public Task<int> ExecuteAsync(
            IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection, CancellationToken cancellationToken = default) =>
            Task.FromResult(1);
    }
}
