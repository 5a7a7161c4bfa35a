using EzAudit.Settings.Ini;

namespace EzAudit.Tests.Settings.Sections;

/// <summary>Which log file each function is written to.</summary>
[TestClass]
public sealed class FileNamesTests
{
    [TestMethod]
    public void AFileNameKnowsItsPlace()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[ my own ]='login'.log");

        Assert.AreEqual(new LocatedText("'login'.log", new SettingsPlace(SettingsFolder.Override, 2), " my own "), folder.Settings.FileNames[" my own "]);
    }

    [TestMethod]
    public void LayersAddTheirFunctions()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[b]=b2.log")
            .Write("settings/audit.ini", "[AuditSettings]", "AuditFileNames[]", "AuditFileNames[a]=a.log", "AuditFileNames[b]=b.log");

        CollectionAssert.AreEqual(new[] { "a a.log", "b b2.log" }, folder.Settings.FileNames.Select(file => $"{file.Key} {file.Value.Value}").ToArray());
    }

    [TestMethod]
    [DataRow("AuditFileNames[]=a.log", "file name \"a.log\" without a function", "AuditFileNames[FUNCTION]=FILE")]
    [DataRow("AuditFileNames[0]=a.log", "file name \"a.log\" without a function", "AuditFileNames[FUNCTION]=FILE")]
    [DataRow("AuditFileNames[a\tb]=a.log", "function \"a\\u{9}b\"", "1 to 128 characters, none of them a control character")]
    [DataRow("AuditFileNames[a]=../a.log", "file name \"../a.log\"", "a file name below LogDir, without \"..\"")]
    public void WhatCannotBeWrittenIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(line);

        Assert.AreEqual($"2: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void BlanksAroundAFileNameAreAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[a]= a.log");

        Assert.AreEqual("2: found file name \" a.log\", expected a file name without blanks around it; they are part of the name (warning)", folder.Problem);
    }

    [TestMethod]
    [DataRow("a.log.1")]
    [DataRow("a.log.1.gz")]
    [DataRow("a.log.2026-11-22.1")]
    [DataRow("a.log.2026-11-22.1.gz")]
    [DataRow("a.log.2026-11-22-13.1")]
    [DataRow("a.log.2026-11-22.1", "a.log.2026-11-22")]
    [DataRow("login/a.log.12", "login/a.log")]
    public void AFileNameThatRotationUsesForAnotherFileIsAProblem(string name, string other = "a.log")
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings($"AuditFileNames[a]={other}", $"AuditFileNames[b]={name}");

        Assert.AreEqual($"3: found file name \"{name}\", expected a name that no rotated file of \"{other}\" will have", folder.Problem);
    }

    [TestMethod]
    [DataRow("sub", "sub/c.log", "a name that is not below \"sub\", which is a log file")]
    [DataRow("sub/a.log", "sub/a.log/b/c.log", "a name that is not below \"sub/a.log\", which is a log file")]
    [DataRow("a.log", "a.log.1/c.log", "a name that is not below a name that rotated files of \"a.log\" will have")]
    [DataRow("a.log", "a.log.2026-11-22.1/c.log", "a name that is not below a name that rotated files of \"a.log\" will have")]
    public void ALogFileIsNoDirectoryOfAnother(string file, string below, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings($"AuditFileNames[a]={file}", $"AuditFileNames[b]={below}");

        Assert.AreEqual($"3: found file name \"{below}\", expected {expected}", folder.Problem);
    }

    [TestMethod]
    [DataRow("a.log.old")]
    [DataRow("a.log.gz")]
    [DataRow("login/a.log.1")]
    public void AFileNameThatRotationDoesNotUseIsNoProblem(string name)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[a]=a.log", $"AuditFileNames[b]={name}");

        Assert.HasCount(2, folder.Settings.FileNames);
    }
}
