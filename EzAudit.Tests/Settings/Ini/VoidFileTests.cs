using System.Text;

namespace EzAudit.Tests.Settings.Ini;

/// <summary>Files in which no line would take effect are refused, so that nobody believes a disabled audit trail to be enabled.</summary>
[TestClass]
public sealed class VoidFileTests
{
    private const string LoneCr = "found lines that end with CR alone, expected lines that end with LF or CR LF";
    private const string NoSection = "found no section, so this file has no effect, expected a section such as [AuditSettings]";

    [TestMethod]
    [DataRow("<?php /* #?ini charset=\"utf-8\"?\r\r[AuditSettings]\rAudit=enabled\r*/ ?>\r")]
    [DataRow("# comment\r[AuditSettings]\rAudit=enabled\r")]
    [DataRow("[AuditSettings]\rAudit=enabled\r")]
    public void LinesThatEndWithCrAloneAreRefused(string text) => Assert.AreEqual($"1: {LoneCr}", ProblemOf(text));

    [TestMethod]
    public void OneLineThatEndsWithCrAloneIsRefused() =>
        Assert.AreEqual($"2: {LoneCr}", ProblemOf("[AuditSettings]\n# on\rAudit=enabled\n"));

    [TestMethod]
    [DataRow("[AuditSettings]\r\nAudit=enabled\r\n")]
    [DataRow("[AuditSettings]\r\r\nAudit=enabled\r\r\n")]
    [DataRow("[AuditSettings]\nAudit=enabled\r")]
    [DataRow("[AuditSettings]\nAudit=enab\rled\n")]
    [DataRow("# a\rb\n[AuditSettings]\nAudit=enabled")]
    public void OtherCrsAreIgnored(string text)
    {
        using SettingsFolder folder = WithBytes(text);

        Assert.IsTrue(folder.Settings.Enabled);
    }

    [TestMethod]
    [DataRow("AuditSettings:\n  Audit: enabled\n", DisplayName = "YAML")]
    [DataRow("{ \"AuditSettings\": { \"Audit\": \"enabled\" } }\n", DisplayName = "JSON")]
    [DataRow("hello\n", DisplayName = "prose")]
    public void AFileWithoutASectionIsRefused(string text)
    {
        using SettingsFolder folder = WithBytes(text);

        Assert.Contains($"{SettingsFolder.Override}: {NoSection}", folder.Problems);
        Assert.IsNull(folder.Check().Settings);
    }

    [TestMethod]
    [DataRow("[AuditSetings]\nAudit=enabled\n", "2: found key \"Audit\" in \"[AuditSetings]\", expected this key in [AuditSettings]")]
    [DataRow("[Settings]\nx=1\nAuditFileNames[a]=a.log\n", "3: found key \"AuditFileNames\" in \"[Settings]\", expected this key in [AuditSettings]")]
    public void AKeyOfAuditSettingsInAnUnknownSectionIsRefused(string text, string problem)
    {
        using SettingsFolder folder = WithBytes(text);

        Assert.Contains($"{SettingsFolder.Override}:{problem}", folder.Problems);
        Assert.IsNull(folder.Check().Settings);
    }

    [TestMethod]
    [DataRow("<?php /* [AuditSettings]\nAudit=enabled\n*/ ?>\n")]
    [DataRow("<?php /* #?ini charset=\"utf-8\"? [AuditSettings]\nAudit=enabled\n")]
    public void ASectionBehindThePhpOpeningIsRefused(string text)
    {
        using SettingsFolder folder = WithBytes(text);

        StringAssert.Contains(folder.Problems[0], ":1: found ", StringComparison.Ordinal);
        StringAssert.EndsWith(folder.Problems[0], "expected the first section on the line below \"<?php /*\"", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("\n\n")]
    [DataRow("#[AuditSettings]\n#Audit=enabled\n")]
    [DataRow("<?php /* #?ini charset=\"utf-8\"?\n*/ ?>\n")]
    [DataRow("[AuditSettings]\n")]
    public void ATemplateWithoutSettingsIsNoProblem(string text)
    {
        using SettingsFolder folder = WithBytes(text);

        Assert.IsEmpty(folder.Problems);
    }

    [TestMethod]
    [DataRow("<?php /* #?ini charset=\"utf-8\"?\r[FileSettings]\rVarDir=data\r")]
    [DataRow("[DebugSettings]\nX=1\n[FileSettings]\rVarDir=data\n")]
    public void ASiteIniWithCrAloneIsRefused(string text)
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=enabled").WriteBytes("settings/site.ini", Encoding.ASCII.GetBytes(text));

        StringAssert.EndsWith(folder.Problem, LoneCr, StringComparison.Ordinal);
    }

    [TestMethod]
    public void ACrInAnotherComponentsLineOfSiteIniIsIgnored()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=enabled").WriteBytes("settings/site.ini", Encoding.ASCII.GetBytes("[DebugSettings]\nText=a\rb\n"));

        Assert.IsEmpty(folder.Problems);
    }

    [TestMethod]
    public void ASiteIniWithoutASectionIsRefused()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("Audit=enabled").Write("settings/site.ini", "FileSettings:", "  VarDir: data");

        Assert.Contains("settings/site.ini: found no section, so this file has no effect, expected a section such as [FileSettings]", folder.Problems);
    }

    private static string ProblemOf(string text)
    {
        using SettingsFolder folder = WithBytes(text);
        return folder.Problem;
    }

    private static SettingsFolder WithBytes(string text) => new SettingsFolder().WriteBytes(SettingsFolder.Override, Encoding.ASCII.GetBytes(text));
}
