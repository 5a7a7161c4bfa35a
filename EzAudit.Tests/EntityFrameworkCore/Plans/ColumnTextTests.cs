using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EzAudit.EntityFrameworkCore.Plans;
using EzAudit.Tests.EntityFrameworkCore.Databases;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace EzAudit.Tests.EntityFrameworkCore.Plans;

/// <summary>Different values have different string forms.</summary>
[TestClass]
public sealed class ColumnTextTests
{
    private static readonly object?[] Pairs =
    [
        new[] { "a, b" }, new[] { "a", "b" }, new[] { "" }, new string?[] { null }, Array.Empty<string>(), new[] { "null" }, new[] { "a\"", "b" }, new[] { "a\\\"", "b" },
        new List<string> { "a,b" }, new[] { 1, 2 }, new[] { 12 }, new[] { "1", "2" }, new int?[] { 1, null }, new int[,] { { 1, 2 }, { 3, 4 } }, new[] { 1, 2, 3, 4 },
        new[] { new[] { 1 }, new[] { 2 } }, new[] { new byte[] { 1, 2 } }, new[] { new byte[] { 1 }, new byte[] { 2 } }, new[] { Array.Empty<byte>() },
        new byte[100], Enumerable.Repeat((byte)1, 100).ToArray(), new byte[] { 1 }, null, "", "[null]", "\\[null]", "[redacted]", "[unknown]",
        new Dictionary<string, string?> { ["a"] = null }, new Dictionary<string, string?> { ["a"] = "" }, new Dictionary<string, string?> { ["a"] = "null" },
        new Dictionary<string, string?> { ["a"] = "b, c" }, new Dictionary<string, string?> { ["a"] = "b", ["c"] = "" }, new Dictionary<string, string?>(),
        JsonDocument.Parse("""{"a":1}"""), JsonDocument.Parse("""{"a":"1"}"""), JsonDocument.Parse("\"x\"").RootElement, JsonDocument.Parse("7").RootElement,
        new JsonObject { ["n"] = 1 }, new JsonArray("x"), new[] { JsonDocument.Parse("""{"b":1}"""), null }, new[] { JsonDocument.Parse("""{"b":2}"""), null },
        new NpgsqlRange<int>(1, 5), new NpgsqlRange<int>(1, true, 5, false), NpgsqlRange<int>.Empty, new NpgsqlRange<int>(1, true, false, 5, true, true),
        new NpgsqlRange<DateTime>(Noon, Noon.AddMilliseconds(1)), new NpgsqlRange<DateTime>(Noon, Noon.AddMilliseconds(2)),
        new[] { new NpgsqlRange<int>(1, 2), new NpgsqlRange<int>(3, 4) }, new[] { new NpgsqlRange<int>(1, 4) },
        "\ud800", "\ud801", new[] { "\ud802" }, new[] { "\ud803" },
    ];

    private static DateTime Noon => new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);

    [TestMethod]
    public void NoTwoValuesReadTheSame()
    {
        string[] texts = [.. Pairs.Select(ColumnText.Of)];
        // A column holds either strings or values with parts.
        string[] twice = [.. Pairs.GroupBy(value => (value is string, ColumnText.Of(value))).Where(group => group.Count() > 1).Select(group => group.Key.Item2)];
        Assert.IsEmpty(twice, string.Join('\n', twice));
        Assert.IsEmpty(texts.Where(text => text.Contains("System.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void TheTextsAreJsonWhereAValueHasParts()
    {
        Assert.AreEqual("""["a, b",null,""]""", ColumnText.Of(new[] { "a, b", null, "" }));
        Assert.AreEqual("""{"a":null,"b":"x\"y"}""", ColumnText.Of(new Dictionary<string, string?> { ["b"] = "x\"y", ["a"] = null }.ToImmutableDictionary()));
        Assert.AreEqual("""["0x0102"]""", ColumnText.Of(new List<byte[]> { new byte[] { 1, 2 } }));
        Assert.AreEqual("[[1,2],[3,4]]", ColumnText.Of(new int[,] { { 1, 2 }, { 3, 4 } }));
        Assert.AreEqual("""["[1,5]"]""", ColumnText.Of(new[] { new NpgsqlRange<int>(1, 5) }));
    }

    [TestMethod]
    public void TheTextsDoNotDependOnTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-AT");
            Assert.AreEqual("[1.5,2.5]", ColumnText.Of(new NpgsqlRange<decimal>(1.5m, 2.5m)));
            Assert.AreEqual("[1.5]", ColumnText.Of(new[] { 1.5m }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void PostgreSqlsOwnTypesAreRecordedAsTheyAre()
    {
        using ModelSite<TypesContext> site = new(DatabaseKind.PostgreSql, options => new TypesContext(options));
        string insert = site.Save(context => context.Add(new Types
        {
            Words = ["a, b"], Document = JsonDocument.Parse("""{"a": 1}"""), Range = new NpgsqlRange<int>(1, true, 5, false), Blobs = [[1], []],
        })).Single();
        StringAssert.Contains(insert, """Words new=["a, b"]""", StringComparison.Ordinal);
        StringAssert.Contains(insert, """Document new={"a": 1}""", StringComparison.Ordinal);
        StringAssert.Contains(insert, "Range new=[1,5)", StringComparison.Ordinal);
        StringAssert.Contains(insert, """Blobs new=["0x01","0x"]""", StringComparison.Ordinal);
        CollectionAssert.AreEqual(
            new[] { """Types U #Id=1 Words old=["a, b"] Words new=["a","b"]""" }, site.Save(context => context.Set<Types>().Single().Words = ["a", "b"]));
        Assert.IsEmpty(site.Save(context => context.Set<Types>().Single().Words = ["a", "b"]));
        StringAssert.Contains(
            site.Save(context => context.Set<Types>().Single().Way = new NpgsqlPath([new NpgsqlPoint(1, 2)], open: false)).Single(), "Way new=", StringComparison.Ordinal);
    }

    internal sealed class TypesContext(DbContextOptions<TypesContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Types>();
    }

    internal sealed class Types
    {
        public int Id { get; set; }

        public string[] Words { get; set; } = [];

        public JsonDocument? Document { get; set; }

        public NpgsqlRange<int> Range { get; set; }

        public byte[][] Blobs { get; set; } = [];

        public NpgsqlPath Way { get; set; } = new([new NpgsqlPoint(1, 2)], open: true);
    }
}
