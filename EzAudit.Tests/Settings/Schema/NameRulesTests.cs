using EzAudit.Settings.Schema;

namespace EzAudit.Tests.Settings.Schema;

/// <summary>Names of log files.</summary>
[TestClass]
public sealed class NameRulesTests
{
    [TestMethod]
    [DataRow("login.log")]
    [DataRow("sub/dir/login.log")]
    [DataRow("a=b[c] é 日誌.log")]
    [DataRow("a..b")]
    [DataRow(".hidden")]
    public void ANameBelowLogDirIsRight(string name) => Assert.IsNull(NameRules.CheckLogFile(name, isWindows: false));

    [TestMethod]
    [Fault(32)]
    [DataRow("", "a file name; to stop a function, remove the line or clear the array first")]
    [DataRow("a\0b", "a file name without control characters")]
    [DataRow("a\u2028b", "a file name without control characters")]
    [DataRow("a\\b", "a file name with \"/\" instead of \"\\\"")]
    [DataRow("~/a", "a file name without \"~\"")]
    [DataRow("/a", "a file name below LogDir, without \"/\" at the start")]
    [DataRow("a/../../b", "a file name below LogDir, without \"..\"")]
    [DataRow("a//b", "a file name, its directories separated by one \"/\" each")]
    [DataRow("a/", "a file name, its directories separated by one \"/\" each")]
    [DataRow("./a", "a file name, its directories separated by one \"/\" each")]
    [DataRow(".ezaudit/a.log.lock", "a file name without \".ezaudit\", where EzAudit keeps its own files")]
    [DataRow("sub/.EzAudit/a", "a file name without \".ezaudit\", where EzAudit keeps its own files")]
    [DataRow(".ezaudit.12", "a file name without \".ezaudit\", where EzAudit keeps its own files")]
    public void ANameThatMayLeaveLogDirIsWrong(string name, string expected) => Assert.AreEqual(expected, NameRules.CheckLogFile(name, isWindows: false));

    [TestMethod]
    public void ANameLeavesRoomForWhatRotationAdds()
    {
        Assert.IsNull(NameRules.CheckLogFile(new string('é', 100), isWindows: false));
        Assert.AreEqual("a file name of at most 200 bytes", NameRules.CheckLogFile(new string('é', 101), isWindows: false));
    }

    [TestMethod]
    [DataRow("nul.log", "a file name that is not a Windows device")]
    [DataRow("a/COM1", "a file name that is not a Windows device")]
    [DataRow("lpt² .x", "a file name that is not a Windows device")]
    [DataRow("C:a", "a file name without : < > \" | ? *")]
    [DataRow("a.log:stream", "a file name without : < > \" | ? *")]
    [DataRow("a.", "a file name without a dot or a blank at the end")]
    public void NamesWithAMeaningOnWindowsAreInvalidThereOnly(string name, string expected)
    {
        Assert.AreEqual(expected, NameRules.CheckLogFile(name, isWindows: true));
        Assert.IsNull(NameRules.CheckLogFile(name, isWindows: false));
    }
}
