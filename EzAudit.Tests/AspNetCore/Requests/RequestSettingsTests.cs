using EzAudit.AspNetCore.Requests;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.AspNetCore.Requests;

[TestClass]
public sealed class RequestSettingsTests
{
    [TestMethod]
    public void WithoutASectionEverythingButNoiseIsRecordedWithoutIds()
    {
        RequestSettings settings = Read("");
        Assert.AreEqual(RequestLevel.Metadata, settings.LevelOf("GET", "/orders/7"));
        foreach (string noise in new[] { "/health", "/healthz/ready", "/favicon.ico", "/lib/site.CSS", "/img/a/logo.png", "/_framework/blazor.js" })
            Assert.AreEqual(RequestLevel.None, settings.LevelOf("GET", noise), noise);
        Assert.Contains("ID", settings.Ids);
    }

    [TestMethod]
    public void ALineOverridesTheDefaultNoise()
    {
        RequestSettings settings = Read("Levels[**/*.css]=metadata\nLevels[/health/**]=ids\n");
        Assert.AreEqual(RequestLevel.Metadata, settings.LevelOf("GET", "/lib/site.css"));
        Assert.AreEqual(RequestLevel.Ids, settings.LevelOf("GET", "/health"));
    }

    [TestMethod]
    public void OnlyTheMethodsNamedAreRecorded()
    {
        RequestSettings settings = Read("Methods[]=GET\nMethods[]=POST\n");
        Assert.AreEqual(RequestLevel.Metadata, settings.LevelOf("POST", "/"));
        Assert.AreEqual(RequestLevel.None, settings.LevelOf("OPTIONS", "/"));
    }

    [TestMethod]
    public void TheIdsNamedReplaceTheDefault()
    {
        RequestSettings settings = Read("Ids[]=ticket\n");
        Assert.DoesNotContain("id", settings.Ids);
        Assert.Contains("Ticket", settings.Ids);
    }

    [TestMethod]
    [DataRow("Level=all", "found Level=all, expected \"none\", \"metadata\" or \"ids\"")]
    [DataRow("Levels[/a]=some", "found Levels[/a]=some, expected \"none\", \"metadata\" or \"ids\"")]
    [DataRow("Levels[a]=ids", "found Levels[a]=ids, expected a pattern such as /orders/*/lines, /admin/** or **/*.css: at most 256 characters, starting with \"/\" or \"**/\"")]
    [DataRow("Methods[]=get", "found Methods[]=get, expected a method such as GET")]
    [DataRow("Paths[/a]=ids", "found key \"Paths\", expected a key of [RequestSettings]: Level, Levels, Methods, Ids")]
    public void AMistakeIsReportedWithItsPlace(string line, string problem)
    {
        using AuditSite site = Site(line);
        var failure = Assert.ThrowsExactly<AuditSettingsException>(() => site.Writer);
        Assert.AreEqual($"settings/audit.ini:7: {problem}", failure.Problems.Single().ToString());
    }

    private static RequestSettings Read(string lines)
    {
        using AuditSite site = Site(lines);
        return site.Writer.GetSettings<RequestSettings>()!;
    }

    private static AuditSite Site(string lines) => new($"{AuditSite.Enabled}[RequestSettings]\n{lines}", builder => builder.AddPlugin(new RequestPlugin()));
}
