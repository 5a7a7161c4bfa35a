using EzAudit.Settings.Model;

namespace EzAudit.Tests.Settings.Sections;

/// <summary>The keys of <c>[AuditSettings]</c>.</summary>
[TestClass]
public sealed class AuditSectionTests
{
    [TestMethod]
    public void WhatIsNotSetHasItsDefault()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();
        AuditSettings settings = folder.Settings;

        Assert.IsFalse(settings.Enabled);
        Assert.AreEqual("var/log/audit", settings.LogDirectory);
        Assert.IsEmpty(settings.FileNames);
        Assert.AreEqual(UnknownFunctionPolicy.Report, settings.OnUnknownFunction);
        Assert.AreEqual(new RecordLimits(), settings.Limits);
        Assert.AreEqual(folder.Path, settings.Root);
    }

    [TestMethod]
    public void EveryKeyIsRead()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(
            "Audit=enabled", "LogDir=a", "OnUnknownFunction=throw", "MaxFieldBytes=2KiB", "MaxRecordBytes=3MiB", "MaxFields=7", "AuditFileNames[*]=all.log");
        AuditSettings settings = folder.Settings;

        Assert.IsTrue(settings.Enabled);
        Assert.AreEqual("var/a", settings.LogDirectory);
        Assert.AreEqual(UnknownFunctionPolicy.Throw, settings.OnUnknownFunction);
        Assert.AreEqual(new RecordLimits { MaxFieldBytes = 2048, MaxRecordBytes = 3 << 20, MaxFields = 7 }, settings.Limits);
        Assert.AreEqual("all.log", settings.FileNames["*"].Value);
    }

    [TestMethod]
    [DataRow("Audit=Enabled", "\"Enabled\"", "\"enabled\" or \"disabled\"")]
    [DataRow("Audit=", "\"\"", "\"enabled\" or \"disabled\"")]
    [DataRow("Audit=enabled ", "\"enabled \"", "\"enabled\" or \"disabled\"")]
    [DataRow("OnUnknownFunction=Throw", "\"Throw\"", "\"ignore\", \"report\" or \"throw\"")]
    [DataRow("MaxFieldBytes=0", "\"0\"", "a size from 1 byte to 1GiB, such as 64KiB")]
    [DataRow("MaxRecordBytes=2GiB", "\"2GiB\"", "a size from 1 byte to 1GiB, such as 64KiB")]
    [DataRow("MaxFields=-1", "\"-1\"", "a number from 1 to 1000000")]
    [DataRow("LogDir=log\\audit", "\"log\\audit\"", "a directory with \"/\" instead of \"\\\"")]
    [DataRow("LogDir=a\tb", "\"a\\u{9}b\"", "a directory without control characters")]
    [DataRow("LogDir[1]=zebra", "array LogDir[]", "one text: LogDir=VALUE")]
    [DataRow("Audit[]", "array Audit[]", "one text: Audit=VALUE")]
    [DataRow("AuditFileNames=text", "text \"text\"", "an array: AuditFileNames[...]=VALUE")]
    public void AValueThatDoesNotFitIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings(line);

        Assert.AreEqual($"2: found {found}, expected {expected}", folder.Problem);
        Assert.IsNull(folder.Check().Settings);
    }

    [TestMethod]
    public void TheKindOfAKeyIsDecidedAtTheEnd()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames=text", "AuditFileNames[]", "AuditFileNames[a]=a.log", "Audit[]=x", "Audit=enabled");

        Assert.IsTrue(folder.Settings.Enabled);
        Assert.AreEqual("a.log", folder.Settings.FileNames["a"].Value);
    }

    [TestMethod]
    public void AnEntryOnATextIsAProblem()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=enabled", "Audit[]=enabled", "AuditFileNames=text", "AuditFileNames[a]=a.log");

        CollectionAssert.AreEqual(
            new[]
            {
                "settings/override/audit.ini.append.php:3: found array Audit[], expected one text: Audit=VALUE",
                "settings/override/audit.ini.append.php:4: found text \"text\", expected an array: AuditFileNames[...]=VALUE",
            },
            folder.Problems);
    }

    [TestMethod]
    public void BlanksAroundADirectoryAreAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("LogDir=log ");

        Assert.AreEqual("2: found \"log \", expected a directory without blanks around it; they are part of the name (warning)", folder.Problem);
        Assert.AreEqual("var/log ", folder.Check().Settings!.LogDirectory);
    }
}
