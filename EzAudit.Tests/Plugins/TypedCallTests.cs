using System.Globalization;
using System.Reflection;
using EzAudit.Plugins;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Plugins;

/// <summary>Compares each typed call with the definition of its function. Finds the calls by reflection, so that a new one cannot be forgotten.</summary>
[TestClass]
public sealed class TypedCallTests
{
    private const string GivenComment = "A comment of the caller's";

    [TestMethod]
    [DynamicData(nameof(Calls))]
    public void ItsFieldsStandInTheOrderOfTheDefinition(string call)
    {
        using var writer = new PluginWriter();

        (AuditFunction function, AuditRecord record) = Write(writer, call);

        // No definition names the columns of a row.
        List<string> names = record.Fields.Select(field => field.Name).Where(function.Fields.Contains).ToList();
        List<string> defined = function.Fields.Where(names.Contains).ToList();
        CollectionAssert.AreEqual(defined, names, $"{call}: found {string.Join(", ", names)}");
    }

    [TestMethod]
    [DynamicData(nameof(Calls))]
    public void ItsCommentIsShortAndItsOwnUnlessTheCallerGivesOne(string call)
    {
        if (!Find(call).GetParameters().Any(parameter => parameter.Name == "comment")) return;
        using var writer = new PluginWriter();

        string? own = Write(writer, call).Record["Comment"];
        AuditFunction function = Write(writer, call, GivenComment).Function;

        Assert.IsFalse(string.IsNullOrWhiteSpace(own));
        Assert.IsLessThanOrEqualTo(60, own.Length);
        Assert.AreEqual(GivenComment, writer.Read(function)[1]["Comment"]);
    }

    [TestMethod]
    public void EveryFieldOfEveryDefinitionIsWrittenBySomeCall()
    {
        using var writer = new PluginWriter();
        foreach (string call in Calls) Invoke(Find(call), null);

        foreach (AuditFunction function in PluginWriter.Functions)
        {
            HashSet<string> written = writer.Read(function).SelectMany(record => record.Fields).Select(field => field.Name).Where(name => !IsColumn(name)).ToHashSet();
            Assert.IsTrue(written.SetEquals(function.Fields), $"{function.Name}: found {string.Join(", ", written)}, expected {string.Join(", ", function.Fields)}");
        }
    }

    private static bool IsColumn(string name) => name is "#column" or "column old" or "column new";

    [TestMethod]
    public void CommentsDistinguishTheVariantsOfAFunction()
    {
        using var writer = new PluginWriter();
        foreach (string call in Calls) Invoke(Find(call), null);

        foreach (AuditFunction function in PluginWriter.Functions)
        {
            List<string?> comments = writer.Read(function).Select(record => record["Comment"]).ToList();
            Assert.HasCount(comments.Count, comments.Distinct().ToList(), $"{function.Name}: found {string.Join(" | ", comments)}");
        }
    }

    [TestMethod]
    public void TheTimeOfHidingIsWrittenInSecondsSince1970()
    {
        using var writer = new PluginWriter();

        ContentAudit.Hide(124, 114, "Folder", time: new DateTimeOffset(2007, 5, 23, 16, 47, 58, 900, TimeSpan.FromHours(2)));

        Assert.AreEqual("1179931678", writer.Read(ContentAudit.HideFunction)[0]["Time"]);
    }

    [TestMethod]
    public void TheTimeOfHidingIsByDefaultThatOfTheWritersClock()
    {
        using var writer = new PluginWriter();

        ContentAudit.Unhide(124, 114, "Folder");

        AuditRecord record = writer.Read(ContentAudit.HideFunction)[0];
        Assert.AreEqual(record.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), record["Time"]);
    }

    [TestMethod]
    public void StatesAreJoinedByCommas()
    {
        using var writer = new PluginWriter();

        StateAudit.Assign(114, "Folder", new[] { 1, 4, 9 });

        Assert.AreEqual("1, 4, 9", writer.Read(StateAudit.AssignFunction)[0]["Selected State ID Array"]);
    }

    [TestMethod]
    public void AnIdMayBeANumberATextOrAGuid()
    {
        using var writer = new PluginWriter();

        OrderAudit.Delete(7);
        OrderAudit.Delete("A-7");
        OrderAudit.Delete(Guid.Parse("0d4bfb4a-6c86-4a3f-9c5b-0f1f2c5b9a11"));

        CollectionAssert.AreEqual(
            new[] { "7", "A-7", "0d4bfb4a-6c86-4a3f-9c5b-0f1f2c5b9a11" },
            writer.Read(OrderAudit.DeleteFunction).Select(record => record["Order ID"]).ToArray());
    }

    [TestMethod]
    public void ACallWhoseFunctionIsOffReturnsFalse()
    {
        using var folder = new TempFolder();
        folder.Write("settings/audit.ini", "[AuditSettings]\nAudit=disabled\nAuditFileNames[order-delete]=order_delete.log\n");
        using AuditWriter off = new AuditWriterBuilder(folder.Path).AddPlugin<EzPublishPlugin>().Build();
        using IDisposable use = AuditTrail.Use(off);

        Assert.IsFalse(OrderAudit.Delete(7));
    }

    private static IEnumerable<string> Calls =>
        typeof(EzPublishPlugin).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && method.ReturnType == typeof(bool))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

    private static MethodInfo Find(string call)
    {
        string[] names = call.Split('.');
        MethodInfo method = typeof(EzPublishPlugin).Assembly.GetType($"EzAudit.Plugins.{names[0]}", throwOnError: true)!.GetMethod(names[1])!;
        return method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(int)) : method;
    }

    private static (AuditFunction Function, AuditRecord Record) Write(PluginWriter writer, string call, string? comment = null)
    {
        Assert.IsTrue(Invoke(Find(call), comment), call);
        string fileName = writer.FileNames().Single();
        AuditFunction function = PluginWriter.Functions.Single(function => PluginWriter.FileNameOf(function) == fileName);
        return (function, writer.Read(function)[0]);
    }

    private static bool Invoke(MethodInfo method, string? comment) =>
        (bool)method.Invoke(null, method.GetParameters().Select(parameter => Argument(parameter, comment)).ToArray())!;

    private static object? Argument(ParameterInfo parameter, string? comment) => parameter switch
    {
        { Name: "comment" } => comment ?? parameter.DefaultValue,
        _ when parameter.ParameterType == typeof(AuditId) => new AuditId(7),
        _ when parameter.ParameterType == typeof(string) => "text",
        _ when parameter.ParameterType == typeof(int) || parameter.ParameterType == typeof(int?) => 7,
        _ when parameter.ParameterType == typeof(double?) => 7.5,
        _ when parameter.ParameterType == typeof(long) => 7L,
        _ when parameter.ParameterType == typeof(TimeSpan) => TimeSpan.FromSeconds(7),
        _ when parameter.ParameterType == typeof(DateTimeOffset) || parameter.ParameterType == typeof(DateTimeOffset?) => DateTimeOffset.UnixEpoch,
        _ when parameter.ParameterType == typeof(IEnumerable<int>) => new[] { 1, 2 },
        _ when parameter.ParameterType == typeof(IEnumerable<string>) => new[] { "a", "b" },
        _ when parameter.ParameterType == typeof(IEnumerable<AuditField>) => new AuditField[] { ("column", "a") },
        _ when parameter.ParameterType == typeof(IEnumerable<(AuditField, object?)>) => new (AuditField, object?)[] { (("column", "a"), "b") },
        _ => throw new NotSupportedException($"Found a parameter {parameter}, expected a value for it here."),
    };
}
