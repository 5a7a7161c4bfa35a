using EzAudit.AspNetCore.Requests;

namespace EzAudit.Tests.AspNetCore.Requests;

[TestClass]
public sealed class PathLevelsTests
{
    [TestMethod]
    [DataRow("/orders", "/orders", true)]
    [DataRow("/orders", "/Orders/", true)]
    [DataRow("/orders", "/orders/7", false)]
    [DataRow("/orders/*", "/orders/7", true)]
    [DataRow("/orders/*", "/orders", false)]
    [DataRow("/orders/*", "/orders/7/lines", false)]
    [DataRow("/orders/*/lines", "/orders/7/lines", true)]
    [DataRow("/orders/*/lines", "/orders/7/8/lines", false)]
    [DataRow("/orders/**", "/orders", true)]
    [DataRow("/orders/**", "/orders/7/lines", true)]
    [DataRow("/orders/**", "/ordersX", false)]
    [DataRow("/**/lines", "/orders/7/lines", true)]
    [DataRow("**/*.css", "/a/b.css", true)]
    [DataRow("**/*.css", "/b.css", true)]
    [DataRow("**/*.css", "/b.css/x", false)]
    [DataRow("/a*c/**/x*", "/abc/1/2/xyz", true)]
    [DataRow("/a*c/**/x*", "/ab/c/1/xyz", false)]
    [DataRow("/**", "/", true)]
    public void APatternFits(string pattern, string path, bool fits) => Assert.AreEqual(fits, PathPattern.Parse(pattern)!.Matches(path));

    [TestMethod]
    [DataRow("")]
    [DataRow("orders")]
    [DataRow("*/orders")]
    [DataRow("/a/***")]
    public void AnInvalidPatternIsRefused(string text) => Assert.IsNull(PathPattern.Parse(text));

    [TestMethod]
    public void ThePatternWithMoreCharactersOfItsOwnDecides()
    {
        PathLevels levels = Levels(("/admin/**", RequestLevel.Ids), ("**/*.css", RequestLevel.None), ("/**", RequestLevel.Metadata), ("/admin/login", RequestLevel.None));
        Assert.AreEqual(RequestLevel.Ids, levels.Of("/admin/users/7"));
        Assert.AreEqual(RequestLevel.Ids, levels.Of("/admin/style.css"), "seven characters against five");
        Assert.AreEqual(RequestLevel.None, levels.Of("/x/style.css"), "five characters against one");
        Assert.AreEqual(RequestLevel.None, levels.Of("/Admin/Login/"));
        Assert.AreEqual(RequestLevel.Metadata, levels.Of("/"));
    }

    [TestMethod]
    public void TheLaterOfEqualOnesDecides()
    {
        Assert.AreEqual(RequestLevel.None, Levels(("/a/*", RequestLevel.Ids), ("/a/**", RequestLevel.None)).Of("/a/7"));
        Assert.AreEqual(RequestLevel.Ids, Levels(("/a/**", RequestLevel.None), ("/a/*", RequestLevel.Ids)).Of("/a/7"));
    }

    [TestMethod]
    public void APathThatNoPatternMatchesHasTheDefaultLevel() => Assert.AreEqual(RequestLevel.Metadata, Levels(("/a", RequestLevel.None)).Of("/b"));

    [TestMethod]
    public void AHostilePathIsDecidedImmediately()
    {
        // Would take seconds if every star were tried against every character.
        PathLevels levels = Levels(("/**/a*a*a*a*b/**/a*a*a*b", RequestLevel.Ids));
        Assert.AreEqual(RequestLevel.Metadata, levels.Of("/" + new string('a', 8000)));
        Assert.AreEqual(RequestLevel.Metadata, levels.Of(string.Concat(Enumerable.Repeat("/aa", 3000))));
    }

    private static PathLevels Levels(params (string Pattern, RequestLevel Level)[] levels) =>
        new(levels.ToDictionary(level => level.Pattern, level => level.Level), RequestLevel.Metadata);
}
