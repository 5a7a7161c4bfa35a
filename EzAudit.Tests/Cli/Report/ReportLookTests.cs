using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using EzAudit.Tests.Newsroom;
using Microsoft.Playwright;

namespace EzAudit.Tests.Cli.Report;

/// <summary>The HTML report in a real browser: it loads nothing, runs no script, and is accessible.</summary>
[TestClass]
public sealed class ReportLookTests
{
    [TestMethod]
    [DataRow(ColorScheme.Light)]
    [DataRow(ColorScheme.Dark)]
    public async Task AxeFindsNothingAndNothingIsLoaded(ColorScheme scheme)
    {
        using ToolSite site = ToolSite.OfShop();
        for (int i = 0; i < 6; i++) site.Log("failed_login.log", $"[ Nov 22 2026 03:0{i}:00 ] [203.0.113.5] [anonymous:10]\nUser login: user{i}\n\n");
        site.Root.Write("report.html", site.Run("report", "-o", "html").Expect());
        await using IBrowserContext context = await (await NewsroomBrowser.SharedAsync()).OfflineAsync(scheme);
        IPage page = await context.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(new Uri(site.Root["report.html"]).ToString());

        AxeResult result = await page.RunAxe();

        string[] found = [.. result.Violations.SelectMany(violation => violation.Nodes, (violation, node) => $"{violation.Id}: {node.Html}")];
        Assert.IsEmpty(found, string.Join('\n', found));
        Assert.HasCount(1, asked);
        Assert.AreEqual(scheme == ColorScheme.Dark ? "rgb(18, 22, 28)" : "rgb(246, 247, 249)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [TestMethod]
    public async Task NoChartLabelIsCutOffOrOverlapsAnother()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Log("login.log", "[ Dec 23 2026 09:00:00 ] [10.0.0.7] [anonymous:10]\nUser login: editor\n\n");
        site.Root.Write("report.html", site.Run("report", "days", "-o", "html").Expect());
        await using IBrowserContext context = await (await NewsroomBrowser.SharedAsync()).OfflineAsync(ColorScheme.Light);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Root["report.html"]).ToString());

        const string Boxes = "[...document.querySelectorAll('svg.chart text')].flatMap(text => { const box = text.getBBox(); return [box.x, box.x + box.width]; })";
        float[] ends = await page.EvaluateAsync<float[]>(Boxes);

        Assert.IsGreaterThan(8, ends.Length);
        Assert.IsTrue(ends[0] >= 0 && ends[^1] <= 1000, string.Join(' ', ends));
        CollectionAssert.AreEqual(ends.Order().ToArray(), ends, string.Join(' ', ends));
    }
}
