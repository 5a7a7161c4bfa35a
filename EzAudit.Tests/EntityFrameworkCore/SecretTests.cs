using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using static EzAudit.Tests.EntityFrameworkCore.NewsContext;

namespace EzAudit.Tests.EntityFrameworkCore;

/// <summary>Secrets in columns reach no log file and no outbox, however they are changed or read.</summary>
public abstract class SecretTests(DatabaseKind database)
{
    [TestClass]
    public sealed class OnSqlite() : SecretTests(DatabaseKind.Sqlite);

    [TestClass]
    public sealed class OnPostgreSql() : SecretTests(DatabaseKind.PostgreSql);

    private const string Secret = "s3kr1t-XyZ";

    [TestMethod]
    public void NoFileContainsSensitiveOmittedOrSecretValues()
    {
        using var site = new NewsSite(database, NewsSite.Settings + "AuditFileNames[page-query]=query.log\n", options => options.Outbox = true);
        using (NewsContext context = site.Open())
        {
            Author author = Planted(Secret);
            context.Add(author);
            context.SaveChanges();
            using (IDbContextTransaction transaction = context.Database.BeginTransaction())
            {
                (author.Diagnosis, author.Pin2, author.Password, author.ApiKey, author.Notes, author.Draft) =
                    (Secret + 1, Secret + 1, Secret + 1, Secret + 1, Secret + 1, Secret + 1);
                context.SaveChanges();
                transaction.Commit();
            }
            string given = Secret + 2;
            context.Authors.Where(a => a.Notes != given).ExecuteUpdate(set => set.SetProperty(a => a.Password, "s3kr1t-XyZ").SetProperty(a => a.Draft, given));
            context.Database.ExecuteSqlRaw($"UPDATE \"Authors\" SET \"ApiKey\" = '{Secret}'");
            Assert.HasCount(1, context.Authors.Where(a => a.Password == "s3kr1t-XyZ" || a.Notes == given).ToList());
            context.Remove(author);
            context.SaveChanges();
            Assert.DoesNotContain(Secret, string.Concat(context.Database.SqlQueryRaw<string>("SELECT \"Records\" AS \"Value\" FROM \"AuditOutbox\"")));
        }
        string logs = string.Concat(Directory.EnumerateFiles(site.Site.Root["var"], "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) == ".log").Select(File.ReadAllText));
        Assert.DoesNotContain(Secret, logs);
        StringAssert.Contains(logs, "Diagnosis new: [redacted]\n", StringComparison.Ordinal);
        StringAssert.Contains(logs, "Pin2 old: [redacted]\nPin2 new: [redacted]\n", StringComparison.Ordinal);
        StringAssert.Contains(logs, "Password old: [redacted]\n", StringComparison.Ordinal);
        StringAssert.Contains(logs, "ApiKey new: [redacted]\n", StringComparison.Ordinal);
        Assert.DoesNotContain("Notes old", logs);
        Assert.DoesNotContain("Draft old", logs);
    }

    private static Author Planted(string secret) => new() { Name = "Anna", Diagnosis = secret, Pin2 = secret, Password = secret, ApiKey = secret, Notes = secret, Draft = secret };
}
