using System.Text.RegularExpressions;

namespace EzAudit.Tests.Samples;

/// <summary>The sample that people run first, run as a process.</summary>
[TestClass]
public sealed partial class QuickStartTests
{
    [TestMethod]
    public void ItWritesOneFileForEachFunction()
    {
        using var sample = new SampleCopy("QuickStart");

        sample.Run();

        CollectionAssert.AreEqual(
            new[] { "content_move.log", "failed_login.log", "info.log", "login.log", "order_delete.log", "role_assign.log" },
            sample.LogFileNames().ToArray());
    }

    [TestMethod]
    [DataRow("failed_login.log", "anonymous:10", "User login: admin\nComment: Unknown login or wrong password\n\n")]
    [DataRow("login.log", "anonymous:10", "User id: 14\nUser login: admin\n\n")]
    [DataRow(
        "content_move.log",
        "admin:14",
        "Node ID: 124\nOld parent node ID: 2\nNew parent node ID: 59\nObject ID: 114\nContent Name: Folder\nComment: Moved the node to the given node\n\n")]
    [DataRow(
        "role_assign.log",
        "admin:14",
        "Role ID: 3\nRole name: Editor\nAssign to content object ID: 14\nContent object name: Administrator\nComment: Assigned the role to the user or group\n\n")]
    [DataRow("order_delete.log", "admin:14", "Order ID: 7\nComment: Removed the order and its data\n\n")]
    [DataRow("info.log", "admin:14", "User id: 14\nComment: Whatever this application wants to say\n\n")]
    public void ARecordSaysWhoDidWhat(string fileName, string actor, string fields)
    {
        using var sample = new SampleCopy("QuickStart");

        sample.Run();

        string record = sample.ReadLog(fileName);
        Match header = Header().Match(record);
        Assert.IsTrue(header.Success, record);
        Assert.AreEqual(actor, header.Groups[1].Value);
        Assert.AreEqual(fields, record[header.Length..]);
    }

    [TestMethod]
    public void ASecondRunAppends()
    {
        using var sample = new SampleCopy("QuickStart");

        sample.Run();
        string first = sample.ReadLog("order_delete.log");
        sample.Run();

        string both = sample.ReadLog("order_delete.log");
        StringAssert.StartsWith(both, first, StringComparison.Ordinal);
        Assert.AreEqual(2, Header().Count(both));
    }

    [TestMethod]
    public void ItShowsWhereTheFilesAreAndWhatTheyContain()
    {
        using var sample = new SampleCopy("QuickStart");

        string output = sample.Run();

        Assert.Contains($"The audit trail is in {Path.Combine(sample.Root, "var", "log", "audit")}\n", output);
        Assert.Contains("order_delete.log: 1 record(s), the last one:\n", output);
        Assert.Contains("    New parent node ID: 59\n", output);
    }

    [GeneratedRegex(@"^\[ \w{3} \d\d \d{4} \d\d:\d\d:\d\d \] \[[^\]\n]*\] \[([^\]\n]*)\]\n", RegexOptions.Multiline)]
    private static partial Regex Header();
}
