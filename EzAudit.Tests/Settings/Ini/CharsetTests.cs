using System.Text;

namespace EzAudit.Tests.Settings.Ini;

/// <summary>The charset in which a settings file is read.</summary>
[TestClass]
public sealed class CharsetTests
{
    [TestMethod]
    [DataRow("#?ini charset=\"iso-8859-1\"?")]
    [DataRow("#?ini charset=\"Latin1\"?")]
    [DataRow("#?ini charset=ISO-8859-1 ?")]
    [DataRow("<?php /* #?ini charset=\"iso-8859-1\"?")]
    [DataRow("<?php /* #?ini foo=bar charset=windows-1252 ?")]
    public void TheFirstLineNamesTheCharset(string header)
    {
        using SettingsFolder folder = Latin1($"{header}\n[AuditSettings]\nAuditFileNames[a]=å.log\n");

        Assert.AreEqual("å.log", folder.Settings.FileNames["a"].Value);
    }

    [TestMethod]
    [DataRow("utf8")]
    [DataRow("UTF-8")]
    public void AliasesAndCaseAreKnown(string charset)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride($"#?ini charset=\"{charset}\"?", "[AuditSettings]", "AuditFileNames[a]=å.log");

        Assert.AreEqual("å.log", folder.Settings.FileNames["a"].Value);
    }

    [TestMethod]
    public void AHeaderOnTheSecondLineIsAComment()
    {
        using SettingsFolder folder = Latin1("\n#?ini charset=\"iso-8859-1\"?\n[AuditSettings]\nAuditFileNames[a]=å.log\n");

        Assert.AreEqual(
            "4: found bytes that are not utf-8 (E5), expected that charset, or another one named in the first line: #?ini charset=\"iso-8859-1\"?", folder.Problem);
    }

    [TestMethod]
    public void AFileWithoutAHeaderHasTheCharsetOfTheOneBefore()
    {
        using SettingsFolder folder = Latin1("[AuditSettings]\nAuditFileNames[a]=å.log\n");
        folder.Write("settings/audit.ini", "#?ini charset=\"iso-8859-1\"?");

        Assert.AreEqual("å.log", folder.Settings.FileNames["a"].Value);
    }

    [TestMethod]
    public void TheCharsetOfSiteIniIsNotThatOfAuditIni()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings("AuditFileNames[a]=å.log");
        folder.Write("settings/site.ini", "#?ini charset=\"iso-8859-1\"?");

        Assert.AreEqual("å.log", folder.Settings.FileNames["a"].Value);
    }

    [TestMethod]
    [DataRow("nonsense")]
    [DataRow("utf-16")]
    [DataRow("utf-7")]
    [DataRow("IBM037")]
    public void AnImpossibleCharsetIsAProblemAndTheFileIsNotRead(string charset)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride($"#?ini charset=\"{charset}\"?", "[AuditSettings]", "Audit=nonsense");

        Assert.AreEqual($"1: found charset \"{charset}\", expected a charset such as utf-8, iso-8859-1 or windows-1252; the file was not read", folder.Problem);
    }

    [TestMethod]
    public void APhpCommentClosedOnTheHeaderLineSpoilsTheCharset()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("<?php /* #?ini charset=\"utf-8\"? */ ?>", "[AuditSettings]", "Audit=enabled");

        Assert.AreEqual("1: found charset \"\"utf-8\"?\", expected a charset such as utf-8, iso-8859-1 or windows-1252; the file was not read", folder.Problem);
    }

    [TestMethod]
    public void AForeignByteInALineOfSiteIniThatIsNotOursIsNoProblem()
    {
        using var folder = new SettingsFolder();
        folder.WriteBytes("settings/site.ini", Encoding.Latin1.GetBytes("[SiteSettings]\nSiteName=Blåbær\n[FileSettings]\nVarDir=var/x\n"));

        Assert.AreEqual("var/x/log/audit", folder.Settings.LogDirectory);
    }

    private static SettingsFolder Latin1(string text) => new SettingsFolder().WriteBytes(SettingsFolder.Override, Encoding.Latin1.GetBytes(text));
}
