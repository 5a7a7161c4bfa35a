using EzAudit.Formats.Pattern;
using EzAudit.Records;
using EzAudit.Tests.Support;
using NodaTime;

namespace EzAudit.Tests.Formats.Output;

/// <summary>The words and sentences that describe events.</summary>
[TestClass]
public sealed class FunctionWordingTests
{
    private static string Line(AuditFunction function, params AuditField[] fields) =>
        Written.With(new PatternFormat("%m", DateTimeZone.Utc), function, fields).TrimEnd('\n');

    [TestMethod]
    [DataRow("entity-view", "EntityView")]
    [DataRow("user-login-api-key", "UserLoginApiKey")]
    [DataRow("x", "X")]
    [DataRow("--", "--")]
    [DataRow("päge öpen", "PägeÖpen")]
    public void WithoutAnEventWordItIsTheNameInPascalCase(string name, string expected) =>
        Assert.AreEqual($"{expected}: ", Line(new AuditFunction { Name = name }));

    [TestMethod]
    public void WithoutASentenceTheFieldsAreListed() =>
        Assert.AreEqual("T: a: 1; b: ; a: x", Line(new AuditFunction { Name = "t" }, ("a", 1), ("b", ""), ("a", "x")));

    [TestMethod]
    [DataRow("{a} and {b}.", "1 and .")]
    [DataRow("{a}{a}", "11")]
    [DataRow("{{a}} {a", "{a} {a")]
    [DataRow("a } b", "a } b")]
    [DataRow("", "")]
    public void ASentenceHasTheFirstFieldOfANameAndNothingForOneThatIsMissing(string sentence, string expected) =>
        Assert.AreEqual($"E: {expected}", Line(new AuditFunction { Name = "t", EventName = "E", Sentence = sentence }, ("a", 1), ("a", 2)));
}
