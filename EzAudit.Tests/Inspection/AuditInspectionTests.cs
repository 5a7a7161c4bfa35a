using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Inspection;

/// <summary>Shows how a writer would interpret the settings.</summary>
[TestClass]
public sealed class AuditInspectionTests
{
    [TestMethod]
    public void ARouteShowsTheTargetAndTheFallback()
    {
        using var site = new AuditSite("""
            [AuditSettings]
            Audit=enabled
            AuditFileNames[order-delete]=order_delete.log
            [FunctionDefaults]
            Fallback[]=spill
            [Target-spill]
            Type=file
            Directory=var/spill

            """);

        AuditRoute route = AuditInspection.Of(site.Root.Path).Routes.Single();

        CollectionAssert.AreEqual(
            new AuditRouteTarget[]
            {
                new() { Name = "file", Type = "file", Format = "classic", Path = site.Root["var/log/audit/order_delete.log"] },
                new() { Name = "spill", Type = "file", Format = "classic", Path = site.Root["var/spill/order_delete.log"], IsFallback = true },
            },
            route.Targets.ToArray());
        Assert.AreEqual(
            new AuditSetting
            {
                Section = "AuditSettings",
                Key = "AuditFileNames[order-delete]",
                Value = "order_delete.log",
                File = "settings/audit.ini",
                Line = 3,
                Layer = "defaults",
            },
            route.FileName);
    }

    [TestMethod]
    [DataRow("settings/override/audit.ini", "override")]
    [DataRow("settings/siteaccess/shop/audit.ini.append", "siteaccess shop")]
    [DataRow("extension/basket/settings/audit.ini", "extension basket")]
    [DataRow("extension/basket/settings/siteaccess/shop/audit.ini", "extension basket, siteaccess shop")]
    public void TheLayerOfALineIsReported(string file, string layer)
    {
        using var site = new AuditSite();
        site.Root.Write("settings/site.ini", "[ExtensionSettings]\nActiveExtensions[]=basket\n");
        site.Root.Write(file, "[AuditSettings]\nAuditFileNames[order-delete]=elsewhere.log\n");

        AuditSetting line = AuditInspection.Of(site.Root.Path, "shop").RouteOf("order-delete")!.FileName;

        Assert.AreEqual($"{file}:2 ({layer})", line.Place);
    }

    [TestMethod]
    public void TheLinesOfAFunctionAreInTheOrderInWhichTheyAreRead()
    {
        using var site = new AuditSite();
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAuditFileNames[]\nAuditFileNames[*]=all.log\nAuditFileNames[other]=other.log\n");

        AuditInspection inspection = AuditInspection.Of(site.Root.Path);

        CollectionAssert.AreEqual(
            new[] { "AuditFileNames[order-delete]=order_delete.log", "AuditFileNames[]=", "AuditFileNames[*]=all.log" },
            inspection.LinesOf("order-delete").Select(line => $"{line.Key}={line.Value}").ToArray());
        Assert.AreEqual("all.log", inspection.RouteOf("order-delete")!.FileName.Value);
        Assert.AreEqual("*", inspection.RouteOf("order-delete")!.Function);
    }

    [TestMethod]
    public void ItHasTheProblemsOfTheWriter()
    {
        using var site = new AuditSite();
        site.Root.Write("settings/override/audit.ini", "[AuditSettings]\nAudit=on\nLogdir=x\n");

        AuditInspection inspection = AuditInspection.Of(site.Root.Path);

        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.IsFalse(inspection.CanStart);
        CollectionAssert.AreEqual(failure.Problems.ToArray(), inspection.Problems.ToArray());
    }

    [TestMethod]
    public void NothingIsCompressedByALook()
    {
        using var site = new AuditSite(AuditSite.Enabled + "\n[RotationSettings]\nCompress=gzip\n");
        string old = site.Root.Write("var/log/audit/login.log.2026-11-21.1", "[ Nov 21 2026 14:00:00 ] [h] [a:1]\n\n");

        // Background work would have started by now, and the next inspection would run into it.
        for (int i = 0; i < 20; i++) Assert.IsTrue(AuditInspection.Of(site.Root.Path).CanStart);

        Assert.IsTrue(File.Exists(old));
        CollectionAssert.AreEqual(new[] { old }, Directory.GetFiles(site.Root["var/log/audit"]));
    }

    [TestMethod]
    public void ADirectoryIsDescribed()
    {
        using var site = new AuditSite();
        site.Root.Write("var/log/audit/login.log", "");
        File.SetUnixFileMode(site.Root["var/log/audit"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);

        AuditLogDirectory directory = AuditInspection.Of(site.Root.Path).Directories.Single();

        Assert.AreEqual(site.Root["var/log/audit"], directory.Path);
        Assert.IsTrue(directory.Exists);
        Assert.AreEqual("0740", Convert.ToString((int)directory.Mode!, 8).PadLeft(4, '0'));
        StringAssert.StartsWith(directory.Owner, Environment.UserName, StringComparison.Ordinal);
        Assert.IsGreaterThan(0, directory.FreeBytes!.Value);
    }
}
