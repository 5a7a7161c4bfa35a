namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit show</c>, as a process.</summary>
[TestClass]
public sealed class ShowTests
{
    [TestMethod]
    public void TheHistoryOfAnObjectIsATimeline()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Log("order_delete.log", "[ Nov 23 2026 08:00:00 ] [10.0.0.9] [admin:14]\nOrder ID: 7\nComment: again\n\tand \u001b[31mred\n\n");

        Assert.AreEqual(
            """
            Order ID: 7

            Sunday, 2026-11-22
              14:00:05  order-delete  by editor:16 from 10.0.0.7
                        Comment: Removed the order and its data

            Monday, 2026-11-23
              08:00:00  order-delete  by admin:14 from 10.0.0.9
                        Comment: again\u{a}and \u{1b}[31mred

            2 records, times in UTC

            """,
            site.Run("show", "Order ID=7").Expect());
    }

    [TestMethod]
    public void AnObjectWithoutAHistoryExitsWith1()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual("", site.Run("show", "Order ID=99").Expect(1));
    }

    [TestMethod]
    public void AnUnknownFieldExitsWith2()
    {
        using ToolSite site = ToolSite.OfShop();

        site.Run("show", "7").ExpectError("NAME=VALUE: \"7\" is not in the form NAME=VALUE, such as \"Node ID=124\"");
    }
}
