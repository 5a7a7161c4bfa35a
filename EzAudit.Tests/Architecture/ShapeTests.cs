namespace EzAudit.Tests.Architecture;

/// <summary>The shape of the source: the size of files and folders, and how much a newcomer has to read.</summary>
[TestClass]
public sealed class ShapeTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void TheTableOfTheShapeHasEveryRow()
    {
        List<string> rows = [.. ShapeTable.Rows()];
        foreach (string row in rows) TestContext.WriteLine(row);
        Assert.HasCount(5 + 2 * TypeRulesTests.Shipped.Length, rows);
    }

    [TestMethod]
    public void NoFolderOfTheCoreIsTooFlat() => Violations.AssertNone(
        ShapeTable.Folders("EzAudit").Where(folder => folder.Count > ShapeTable.MaxFilesInAFolder)
            .Select(folder => $"{folder.Folder}: {folder.Count} files, at most {ShapeTable.MaxFilesInAFolder} expected"));

    [TestMethod]
    public void AtMostAQuarterOfTheCoresFilesIsTiny()
    {
        var (all, tiny) = ShapeTable.Files("EzAudit");
        Assert.IsLessThan(all / 4.0, tiny);
    }

    [TestMethod]
    public void NoFolderIsInACircle() => Violations.AssertNone(TypeRulesTests.Shipped.SelectMany(ShapeTable.CirclesOf));

    [TestMethod]
    public void FoldersInACircleAreFound() => CollectionAssert.AreEqual(
        new[] { "EzAudit.Tests.Architecture.Model.Lower", "EzAudit.Tests.Architecture.Model.Upper" },
        FolderCircles.In([typeof(Model.Lower.NamesItInABody), typeof(Model.Upper.Gutter), typeof(Model.Upper.Roof), typeof(Model.Lower.Cellar)]).ToArray());

    [TestMethod]
    public void TheReadmeIsShort() => Assert.IsLessThanOrEqualTo(ShapeTable.MaxReadmeWords, ShapeTable.ReadmeWords);
}
