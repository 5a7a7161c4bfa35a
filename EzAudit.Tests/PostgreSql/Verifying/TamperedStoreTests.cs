using EzAudit.Extensibility;
using EzAudit.Records;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.PostgreSql.Verifying;

/// <summary>Whatever a superuser changes in the store is found, and the record is named.</summary>
[TestClass]
[DoNotParallelize]
public sealed class TamperedStoreTests
{
    // In the middle of the run, and of a log file.
    private const string Victim = "(SELECT number FROM ezaudit.audit_record WHERE function = 'user-login' ORDER BY number OFFSET 40 LIMIT 1)";

    [TestMethod]
    [DataRow("time", "time + interval '1 second'")]
    [DataRow("ticks", "ticks + 10000000")]
    [DataRow("function", "'user-logout'")]
    [DataRow("login", "'eve'")]
    [DataRow("actor_id", "'666'")]
    [DataRow("address", "'10.6.6.6'")]
    [DataRow("address_key", "'10.6.6.6'")]
    [DataRow("session", "'s'")]
    [DataRow("trace", "'t'")]
    [DataRow("fields", "'[{\"Id\": \"666\"}]'")]
    [DataRow("run", "999")]
    [DataRow("bytes", "convert_to(replace(convert_from(bytes, 'UTF8'), 'Text', 'Tixt'), 'UTF8')", "row-changed")]
    [DataRow("succeeded", "NOT succeeded", "row-column", AuditVerificationResult.Incomplete)]
    [DataRow("ledger", "NULL", "row-unplaced", AuditVerificationResult.Incomplete)]
    [DataRow("ledger", "'another'", "row-unplaced", AuditVerificationResult.Incomplete)]
    [DataRow("ledger_file", "ledger_file + 1", "row-added")]
    [DataRow("ledger_file", "NULL", "row-added")]
    [DataRow("ledger_offset", "ledger_offset + 1000000", "row-added")]
    public void AChangedColumnIsFoundAndItsRecordNamed(string column, string value, string code = "row-column", AuditVerificationResult result = AuditVerificationResult.Tampered)
    {
        using var store = new VerifiedStore();
        store.Write(200);
        string name = NameOf(store, Victim);
        store.Tamper($"UPDATE ezaudit.audit_record SET {column} = {value} WHERE number = {Victim}");

        AuditVerification found = store.Verify();

        string text = string.Join('\n', found.Findings);
        Assert.AreEqual(result, found.Result, text);
        AuditFinding finding = found.Findings.First(finding => finding.Code == code);
        Assert.Contains(column == "run" ? name[(name.LastIndexOf('/') + 1)..] : name, finding.Problem, text);
        if (code == "row-column") Assert.Contains(column == "ticks" ? "time" : column, finding.Problem, text);
    }

    [TestMethod]
    [DataRow("login", "'eve'")]
    [DataRow("fields", "'[{\"Id\": \"666\"}]'")]
    [DataRow("function", "'user-logout'")]
    [DataRow("time", "time + interval '1 second', ticks = ticks + 10000000")]
    public void AChangedColumnOfAClassicRecordIsFound(string column, string value)
    {
        using var store = new VerifiedStore("classic");
        store.Write(200);
        string name = NameOf(store, Victim);
        store.Tamper($"UPDATE ezaudit.audit_record SET {column} = {value} WHERE number = {Victim}");
        store.RemoveLogs();

        AuditFinding finding = store.Expect("row-column").Findings.Single(finding => finding.Code == "row-column");

        Assert.Contains(name, finding.Problem);
        Assert.AreEqual(AuditFindingSeverity.Tampered, finding.Severity);
    }

    [TestMethod]
    public void ADeletedRecordIsNamed()
    {
        using var store = new VerifiedStore();
        store.Write(200);
        string name = NameOf(store, Victim);
        store.Tamper($"DELETE FROM ezaudit.audit_record WHERE number = {Victim}");

        Assert.Contains($"removed from the store: record {name}", string.Join('\n', store.Expect("row-missing", "row-removed").Findings));
        store.RemoveLogs();
        Assert.AreEqual(AuditVerificationResult.Tampered, store.Verify().Result);
    }

    [TestMethod]
    public void DeletedRecordsAtTheBeginningAreNamed()
    {
        using var store = new VerifiedStore();
        store.Write(200);
        string name = NameOf(store, "1");
        store.Tamper("DELETE FROM ezaudit.audit_record WHERE number < 31");

        Assert.Contains($"removed from the store: 30 records, {name} to 30", string.Join('\n', store.Verify().Findings));
    }

    [TestMethod]
    public void DeletedRecordsAtTheEndOfARunAreMissing()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(-10));
        using var store = new VerifiedStore();
        using (AuditWriter writer = store.NewWriter(clock))
        {
            for (int i = 0; i < 30; i++) VerifiedStore.Write(writer, i);
            store.WaitFor(30);
        }
        clock.Advance(TimeSpan.FromMinutes(5));
        using (AuditWriter writer = store.NewWriter(clock)) VerifiedStore.Write(writer, 30);
        store.WaitFor(31);
        store.Expect();
        store.Tamper("DELETE FROM ezaudit.audit_record WHERE number > 20");

        AuditVerification found = store.Expect("row-missing");

        Assert.AreEqual((AuditVerificationResult.Incomplete, 21L), (found.Result, found.Records), string.Join('\n', found.Findings));
        Assert.Contains("user-login", found.Findings.Where(finding => finding.Code == "row-missing").SelectMany(finding => finding.Functions));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AnInsertedRecordIsFound(bool hasPlaceOfAnother)
    {
        using var store = new VerifiedStore();
        store.Write(200);
        const string columns = "ticks, run, function, login, actor_id, address, address_key, succeeded, fields, bytes, ledger, ledger_file";
        store.Tamper(
            $"INSERT INTO ezaudit.audit_record (time, number, ledger_offset, {columns}) SELECT time, 201, ledger_offset{(hasPlaceOfAnother ? "" : " + 7")}, {columns} "
            + $"FROM ezaudit.audit_record WHERE number = {Victim}");
        string name = NameOf(store, "201");

        AuditVerification found = store.Expect("row-added");

        Assert.AreEqual((AuditVerificationResult.Tampered, 200L), (found.Result, found.Records));
        // Of two equal records at one place, one is too many.
        if (!hasPlaceOfAnother) Assert.Contains(name, found.Findings.Single(finding => finding.Code == "row-added").Problem);
    }

    [TestMethod]
    public void AForgedRecordAtThePlaceOfAnotherIsNamed()
    {
        using var store = new VerifiedStore();
        store.Write(200);
        const string columns = "ticks, run, function, login, actor_id, address, address_key, succeeded, fields, ledger, ledger_file, ledger_offset";
        store.Tamper(
            $"INSERT INTO ezaudit.audit_record (time, number, bytes, {columns}) SELECT time, 201, convert_to(replace(convert_from(bytes, 'UTF8'), 'user', 'root'), 'UTF8'), {columns} "
            + $"FROM ezaudit.audit_record WHERE number = {Victim}");
        store.RemoveLogs();

        Assert.Contains(NameOf(store, "201"), store.Expect("row-added").Findings.Single(finding => finding.Code == "row-added").Problem);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void SwappedBytesAreFound(bool hasLogs)
    {
        using var store = new VerifiedStore();
        store.Write(200);
        // Of the same length, so that both still fit.
        long[] pair = [.. store.Database.Query<long>(
            "SELECT number FROM ezaudit.audit_record WHERE length(bytes) = (SELECT length(bytes) FROM ezaudit.audit_record GROUP BY length(bytes) ORDER BY count(*) DESC LIMIT 1) ORDER BY number LIMIT 2")];
        string names = $"{NameOf(store, $"{pair[0]}")} {NameOf(store, $"{pair[1]}")}";
        store.Tamper(
            $"UPDATE ezaudit.audit_record r SET bytes = o.bytes FROM ezaudit.audit_record o WHERE r.number IN ({pair[0]}, {pair[1]}) AND o.number = {pair[0] + pair[1]} - r.number");
        if (!hasLogs) store.RemoveLogs();

        AuditVerification found = store.Verify();

        Assert.AreEqual(AuditVerificationResult.Tampered, found.Result);
        string code = hasLogs ? "row-changed" : "row-column";
        string problems = string.Join('\n', found.Findings.Where(finding => finding.Code == code));
        foreach (string name in names.Split(' ')) Assert.Contains(name, problems);
    }

    [TestMethod]
    public void ARecordThatIsMovedToAnotherRunLeavesAHole()
    {
        using var store = new VerifiedStore();
        store.Write(100);
        store.Write(100);
        string name = NameOf(store, "50", run: 1);
        store.Tamper("UPDATE ezaudit.audit_record SET run = 2, number = 101 WHERE run = 1 AND number = 50");
        Assert.Contains($"removed from the store: record {name}", string.Join('\n', store.Expect("row-removed").Findings));

        store.Tamper("UPDATE ezaudit.audit_record SET number = 50 WHERE run = 2 AND number = 101");
        Assert.Contains($"two records have the number 50 in their run: one of them was added or moved here: record {NameOf(store, "50", run: 2)}",
            string.Join('\n', store.Expect("row-removed", "row-repeated").Findings));
    }

    [TestMethod]
    public void ManyChangesAreOneFindingEach()
    {
        using var store = new VerifiedStore();
        store.Write(500);
        store.Tamper("UPDATE ezaudit.audit_record SET login = 'eve'");

        AuditFinding[] found = [.. store.Expect("row-column").Findings.Where(finding => finding.Code == "row-column")];

        Assert.IsLessThan(20, found.Length);
    }

    private static string NameOf(VerifiedStore store, string number, int run = 1)
    {
        (string origin, string name) = (store.Database.Scalar<string>($"SELECT origin FROM ezaudit.audit_run WHERE id = {run}"), store.Database.Scalar<string>($"SELECT run FROM ezaudit.audit_run WHERE id = {run}"));
        return new AuditRecordId(origin, name, store.Database.Scalar<long>($"SELECT number FROM (SELECT {number}::bigint AS number) found")).ToString();
    }
}
