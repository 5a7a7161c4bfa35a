using EzAudit.PostgreSql;
using EzAudit.Records;
using EzAudit.Tests.Sealing;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.PostgreSql.Verifying;

/// <summary>A root whose log directory is sealed, and a store to which its records are sent.</summary>
internal sealed class VerifiedStore : IDisposable
{
    /// <param name="format">The format of log files and store.</param>
    /// <param name="settings">Further lines of audit.ini.</param>
    public VerifiedStore(string format = "json", string settings = "") => Root.Write("settings/audit.ini", $"""
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[user-login]=login.log
        AuditFileNames[order-delete]=order_delete.log
        [SealSettings]
        Seal=enabled
        KeyDir=keys
        [PluginSettings]
        Plugins[]=EzAudit.PostgreSql
        [Target-central]
        Type=postgresql
        Connection={Database.Writer}
        Origin=web1/shop
        Format={format}
        Required=no
        BatchAge=20ms
        RetryMost=200ms
        [FunctionDefaults]
        Durability=os
        Format={format}
        Targets[]=file
        Targets[]=central
        {settings}

        """);

    public TempFolder Root { get; } = new();

    public StoreDatabase Database { get; } = new();

    /// <summary>The clock of <see cref="Write(int, int)"/>. It is behind, so that the records are not new to a verification.</summary>
    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow().AddHours(-1));

    public string LogDirectory => Root[AuditSite.LogDirectory];

    /// <summary>The verification key of the first trust root.</summary>
    public string Key => Root.Read("keys/seal.vkey").Trim();

    public AuditLedger Ledger => AuditLedger.OpenDirectory(LogDirectory).WithKeys(Key);

    public AuditWriter NewWriter(TimeProvider? clock = null) => new AuditWriterBuilder(Root.Path) { TimeProvider = clock ?? TimeProvider.System }.Build();

    /// <summary>Writes records of two functions with several threads, and waits until the store has them.</summary>
    public void Write(int count, int threads = 4)
    {
        long before = Count();
        using AuditWriter writer = NewWriter(Clock);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => Write(writer, i));
        WaitFor(before + count);
        // Before the clock goes on: the leaves have the time at which they are written.
        SealedSite.Sign(writer);
        Clock.Advance(TimeSpan.FromMinutes(5));
    }

    public static void Write(AuditWriter writer, int number) => Assert.IsTrue(
        writer.WriteAudit(number % 3 == 0 ? "order-delete" : "user-login", ("Id", number), ("Text", $"ü \"{new string('x', number % 50)}\"")));

    public void WaitFor(long count) => Until.True(() => Count() >= count, $"{count} records are stored", () => $"{Count()}");

    public long Count() => Database.Scalar<long>("SELECT count(*) FROM ezaudit.audit_record");

    /// <summary>Removes what protects the records, as only the owner and superusers can, and changes something.</summary>
    public void Tamper(string sql) => Database.Execute($"DROP TRIGGER IF EXISTS refuse_change ON ezaudit.audit_record; {sql}");

    /// <summary>Removes the log files; the ledger stays.</summary>
    public void RemoveLogs()
    {
        foreach (string file in Directory.EnumerateFiles(LogDirectory)) File.Delete(file);
    }

    public AuditVerification Verify(AuditVerifyOptions? options = null)
    {
        using var reader = new AuditStoreReader(Database.Reader);
        return reader.Verify(Ledger, options);
    }

    /// <summary>Verifies, and expects exactly these codes besides notes.</summary>
    public AuditVerification Expect(params string[] codes)
    {
        AuditVerification found = Verify();
        string[] problems = [.. found.Findings.Where(finding => finding.Severity != AuditFindingSeverity.Note).Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];
        Assert.AreEqual(string.Join(' ', codes.Order(StringComparer.Ordinal)), string.Join(' ', problems), string.Join('\n', found.Findings));
        return found;
    }

    public void Dispose()
    {
        Database.Dispose();
        Root.Dispose();
    }
}
