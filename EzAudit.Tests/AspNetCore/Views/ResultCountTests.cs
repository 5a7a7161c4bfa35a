using EzAudit.AspNetCore.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>Counts the objects that a handler returned without enumerating anything.</summary>
[TestClass]
public sealed class ResultCountTests
{
    private static readonly string[] Three = ["a", "b", "c"];

    private static IEnumerable<object[]> Counted =>
    [
        [Three], [new List<int> { 1, 2, 3 }], [new HashSet<string>(Three)],
        [TypedResults.Ok(Three)], [Results.Json(Three)], [(Results<Ok<string[]>, Microsoft.AspNetCore.Http.HttpResults.NotFound>)TypedResults.Ok(Three)],
        [new ObjectResult(Three)], [new ActionResult<string[]>(Three)], [new JsonResult(Three)],
    ];

    private static IEnumerable<object?[]> Unknown =>
    [
        [null], ["abc"], [new byte[3]], [new Dictionary<string, int> { ["a"] = 1 }], [Results.NotFound()], [new NoContentResult()], [new { Items = Three }], [Three.Select(text => text + "!")],
    ];

    [TestMethod]
    [DynamicData(nameof(Counted))]
    public void ACollectionIsCounted(object result) => Assert.AreEqual(3L, ResultCount.Of(result));

    [TestMethod]
    [DynamicData(nameof(Unknown))]
    public void AnythingElseIsNot(object? result) => Assert.IsNull(ResultCount.Of(result));

    [TestMethod]
    public void LazySequencesAreNotEnumerated()
    {
        bool wasEnumerated = false;
        IEnumerable<string> Items()
        {
            wasEnumerated = true;
            yield return "a";
        }
        Assert.IsNull(ResultCount.Of(TypedResults.Ok(Items())));
        Assert.IsFalse(wasEnumerated);
    }
}
