namespace EzAudit.Tests.Settings.Sections;

/// <summary>Values that another dialect would unquote, cut or expand are taken literally, with a warning.</summary>
[TestClass]
public sealed class ForeignSyntaxTests
{
    [TestMethod]
    [DataRow("LogDir=\"log/audit\"", "\"\"log/audit\"\"", "a directory without quotes; they are part of the name")]
    [DataRow("LogDir='log/audit'", "\"'log/audit'\"", "a directory without quotes; they are part of the name")]
    [DataRow("LogDir=log/audit ; comment", "\"log/audit ; comment\"", "a directory alone, and a comment on a line of its own; everything after \"=\" is part of the name")]
    [DataRow("LogDir=log/audit\t# comment", "\"log/audit\\u{9}# comment\"", "a directory without control characters", false)]
    [DataRow("LogDir=log/audit # comment", "\"log/audit # comment\"", "a directory alone, and a comment on a line of its own; everything after \"=\" is part of the name")]
    [DataRow("LogDir=log/audit // comment", "\"log/audit // comment\"", "a directory alone, and a comment on a line of its own; everything after \"=\" is part of the name")]
    [DataRow("LogDir=${X}/log", "\"${X}/log\"", "a directory written out; variables are not replaced")]
    [DataRow("LogDir=$HOME/log", "\"$HOME/log\"", "a directory written out; variables are not replaced")]
    [DataRow("LogDir=%TEMP%/log", "\"%TEMP%/log\"", "a directory written out; variables are not replaced")]
    [DataRow("LogDir=~/log", "\"~/log\"", "a directory written out; \"~\" is not replaced by a home directory")]
    [DataRow("LogDir=log/audit ", "\"log/audit \"", "a directory without blanks around it; they are part of the name")]
    [DataRow("AuditFileNames[a]=\"a.log\"", "file name \"\"a.log\"\"", "a file name without quotes; they are part of the name")]
    [DataRow("AuditFileNames[a]=a.log ; comment", "file name \"a.log ; comment\"", "a file name alone, and a comment on a line of its own; everything after \"=\" is part of the name")]
    [DataRow("AuditFileNames[a]=${APP}.log", "file name \"${APP}.log\"", "a file name written out; variables are not replaced")]
    public void AHabitOfAnotherDialectIsAWarning(string line, string found, string expected, bool isWarning = true)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(line);

        Assert.AreEqual($"2: found {found}, expected {expected}{(isWarning ? " (warning)" : "")}", folder.Problem);
    }

    [TestMethod]
    public void AVarDirIsCheckedLikeALogDir()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=enabled").Write("settings/site.ini", "[FileSettings]", "VarDir=\"var\"");

        Assert.AreEqual("2: found \"\"var\"\", expected a directory without quotes; they are part of the name (warning)", folder.Problem);
    }

    [TestMethod]
    [DataRow("Host=\"siem.example.org\"", "a value without quotes; they are part of the value")]
    [DataRow("Host=siem.example.org ; the new one", "a value alone, and a comment on a line of its own; everything after \"=\" is part of the value")]
    [DataRow("Host=${SIEM}", "a value written out; variables are not replaced")]
    public void AValueOfATargetIsCheckedToo(string line, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Target-siem]", "Type=syslog", line);

        StringAssert.EndsWith(folder.Problem, $"expected {expected} (warning)", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("LogDir=log/audit;1")]
    [DataRow("LogDir=log/a#b")]
    [DataRow("LogDir=log/50%/50%")]
    [DataRow("LogDir=log/audit's")]
    [DataRow("AuditFileNames[a]=cost$1.log")]
    public void OtherUnusualNamesAreNoWarning(string line)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(line);

        Assert.IsEmpty(folder.Problems);
    }

    [TestMethod]
    public void APatternMayHaveQuotes()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Format-line]", "Type=pattern", "Pattern=\"%d\" ; \"%m\"");

        Assert.IsEmpty(folder.Problems);
    }
}
