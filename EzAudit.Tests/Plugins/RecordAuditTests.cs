using EzAudit.Plugins;
using EzAudit.Records;

namespace EzAudit.Tests.Plugins;

/// <summary>How the columns of a row become fields.</summary>
[TestClass]
public sealed class RecordAuditTests
{
    private static readonly AuditField[] Key = [("ACC_ID", 100)];

    private static string Written(string function, Action write)
    {
        using var writer = new PluginWriter();
        write();
        return string.Join(" | ", writer.Read(PluginWriter.Functions.Single(known => known.Name == function)).Single().Fields);
    }

    [TestMethod]
    public void AnInsertHasNewValues() => Assert.AreEqual(
        "Table: USR_ACC | SIDU: I | #ACC_ID: 100 | FIRST_NAME new: John", Written("record-insert", () => RecordAudit.Insert("USR_ACC", Key, [("FIRST_NAME", "John")])));

    [TestMethod]
    public void AnUpdateHasOldAndNewValues() => Assert.AreEqual(
        "Table: USR_ACC | SIDU: U | #ACC_ID: 100 | FIRST_NAME old: John Doe | FIRST_NAME new: John test",
        Written("record-update", () => RecordAudit.Update("USR_ACC", Key, [(("FIRST_NAME", "John Doe"), "John test")])));

    [TestMethod]
    public void ADeletionHasOldValues() => Assert.AreEqual(
        "Table: USR_ACC | SIDU: D | #ACC_ID: 100 | FIRST_NAME old: John", Written("record-delete", () => RecordAudit.Delete("USR_ACC", Key, [("FIRST_NAME", "John")])));

    [TestMethod]
    public void AReadHasItsQueryAndItsRows() => Assert.AreEqual(
        "Table: USR_ACC | SIDU: S | #ACC_ID: 100 | Rows: 1 | Query: select", Written("record-select", () => RecordAudit.Select("USR_ACC", Key, 1, "select")));
}
