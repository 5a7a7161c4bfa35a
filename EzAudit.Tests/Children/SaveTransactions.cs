using System.Globalization;
using System.Text;
using EzAudit.Tests.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace EzAudit.Tests.Children;

/// <summary>
/// Saves rows with the outbox on until it is killed: ROOT PREFIX. Some without a transaction, some in transactions that are committed, and some
/// in ones that are rolled back; also moves rows that other processes left. Prints <c>ready</c>, waits for a line, prints <c>+NAME</c> for each committed row.
/// </summary>
internal static class SaveTransactions
{
    /// <summary>Marks the names of rows that must not be in the database.</summary>
    public const string RolledBack = "rolled back";

    public static int Run(string[] args)
    {
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        DbContextOptions<NewsContext> options = Options(args[0], writer);
        using Stream output = Console.OpenStandardOutput();
        Say(output, "ready");
        Console.ReadLine();
        for (int i = 0; ; i++)
        {
            using var context = new NewsContext(options);
            if (i % 20 == 0) context.MoveAuditOutbox(writer);
            string name = string.Create(CultureInfo.InvariantCulture, $"{args[1]}-{i}");
            string[] committed = (i % 3) switch
            {
                0 => Alone(context, name),
                1 => Together(context, name),
                _ => InVain(context, name),
            };
            foreach (string row in committed) Say(output, "+" + row);
        }
    }

    public static DbContextOptions<NewsContext> Options(string root, AuditWriter writer)
    {
        var builder = new DbContextOptionsBuilder<NewsContext>();
        builder.UseSqlite($"Data Source={Path.Combine(root, "news.db")}").UseEzAudit(options => (options.Writer, options.Outbox) = (writer, true));
        return builder.Options;
    }

    private static string[] Alone(NewsContext context, string name)
    {
        context.Add(new NewsContext.Tag { Name = name });
        context.SaveChanges();
        return [name];
    }

    private static string[] Together(NewsContext context, string name)
    {
        using IDbContextTransaction transaction = context.Database.BeginTransaction();
        Alone(context, name + "a");
        transaction.CreateSavepoint("s");
        Alone(context, $"{name} {RolledBack}");
        transaction.RollbackToSavepoint("s");
        context.ChangeTracker.Clear();
        Alone(context, name + "b");
        transaction.Commit();
        return [name + "a", name + "b"];
    }

    private static string[] InVain(NewsContext context, string name)
    {
        using IDbContextTransaction transaction = context.Database.BeginTransaction();
        Alone(context, $"{name} {RolledBack}");
        transaction.Rollback();
        return [];
    }

    private static void Say(Stream output, string line) => output.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
