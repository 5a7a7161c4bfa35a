using System.Text.Json;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit export</c>, as a process.</summary>
[TestClass]
public sealed class ExportTests
{
    [TestMethod]
    public void EveryRecordIsALineOfJson()
    {
        using ToolSite site = ToolSite.OfShop();

        ToolRun run = site.Run("export");

        run.Expect();
        CollectionAssert.AreEqual(
            new[] { "order-delete", "user-login", "user-login", "order-delete", "content-move" },
            run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("function").GetString()).ToArray());
    }

    [TestMethod]
    [Fault(73)]
    public void CsvIsWrittenOnRequest()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(
            "time,function,login,id,address,Order ID,fields\r\n2026-11-20T08:00:00+00:00,order-delete,admin,14,10.0.0.9,5,\"Order ID: 5\nComment: Removed the order and its data\"\r\n",
            site.Run("export", "-o", "csv", "--actor", "admin", "--column", "Order ID").Expect());
    }

    [TestMethod]
    public void NothingToExportExitsWith1()
    {
        using var site = new ToolSite();

        Assert.AreEqual("", site.Run("export").Expect(1));
    }
}
