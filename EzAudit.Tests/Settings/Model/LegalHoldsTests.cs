using System.Globalization;
using EzAudit.Records;
using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Tests.Settings.Model;

/// <summary>Which records and files fall under a legal hold, and until when.</summary>
[TestClass]
public sealed class LegalHoldsTests
{
    private static readonly Instant Now = Instant.FromUtc(2030, 1, 1, 12, 0);

    private static readonly Dictionary<string, string> Files = new() { ["login"] = "login.log", ["logout"] = "login.log", ["order"] = "order.log", ["*"] = "other.log" };

    [TestMethod]
    [DataRow("login", "", "login", true)]
    [DataRow("login", "", "logout", false)]
    [DataRow("*", "", "whatever", true)]
    [DataRow("login", "", "", true)]
    [DataRow("login", "User id=14", "login", true)]
    [DataRow("login", "User id=15", "login", false)]
    [DataRow("login", "User id=1", "login", false)]
    [DataRow("login", "user id=14", "login", false)]
    [DataRow("login", "Comment=14", "login", false)]
    [DataRow("login", "User id=15|Comment=a=b", "login", true)]
    [DataRow("login", "User id=14", "logout", false)]
    [DataRow("*", "User id=14", "order", true)]
    public void ARecordIsHeldByItsFunctionAndOneOfTheFields(string held, string fields, string function, bool isHeld)
    {
        HoldSettings hold = Hold([held], fields: [.. fields.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2)).Select(parts => new HeldField(parts[0], parts[1]))]);

        HoldSettings? found = Holds(hold).Find(function, [new AuditField("User id", 14), new AuditField("Comment", "a=b")], Now);

        Assert.AreSame(isHeld ? hold : null, found);
    }

    [TestMethod]
    [DataRow("login", "login.log", true)]
    [DataRow("logout", "login.log", true)]
    [DataRow("login", "order.log", false)]
    [DataRow("*", "order.log", true)]
    [DataRow("*", "any.log", true)]
    [DataRow("unnamed", "other.log", true)]
    [DataRow("unnamed", "login.log", false)]
    public void AFileIsHeldIfAFunctionOfTheHoldIsWrittenToIt(string held, string file, bool isHeld)
    {
        HoldSettings hold = Hold([held], fields: [new HeldField("User id", "14")]);

        Assert.AreSame(isHeld ? hold : null, Holds(hold).FindForFile(file, Now));
        Assert.AreEqual(isHeld, Holds(hold).DescribeFile(file).Length > 0);
    }

    [TestMethod]
    public void AFunctionWithoutAFileHoldsNoFile()
    {
        var holds = new LegalHolds([Hold(["unnamed"])], new Dictionary<string, string> { ["login"] = "login.log" }, DateTimeZone.Utc);

        Assert.IsNull(holds.FindForFile("login.log", Now));
    }

    [TestMethod]
    public void AHoldEndsWithItsLastDayInTheZoneOfTheSite()
    {
        DateTimeZone vienna = DateTimeZoneProviders.Tzdb["Europe/Vienna"];
        HoldSettings hold = Hold(["*"]) with { Until = new LocalDate(2030, 6, 30) };
        var holds = new LegalHolds([hold], Files, vienna);
        Instant end = Instant.FromUtc(2030, 6, 30, 22, 0);

        Assert.AreSame(hold, holds.FindForFile("login.log", end - Duration.Epsilon));
        Assert.AreSame(hold, holds.Find("login", [], end - Duration.Epsilon));
        Assert.IsNull(holds.FindForFile("login.log", end));
        Assert.IsNull(holds.Find("login", [], end));
    }

    [TestMethod]
    public void TheLatestDateThatSettingsMayHaveIsNoFailure() =>
        Assert.IsNotNull(Holds(Hold(["*"]) with { Until = new LocalDate(9998, 12, 31) }).FindForFile("login.log", Now));

    [TestMethod]
    public void TheLastDayIsNamedTheSameInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Its calendar has other years.
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
            Assert.Contains("to the end of 2030-06-30 ", LegalHolds.Describe(Hold(["*"]) with { Until = new LocalDate(2030, 6, 30) }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void TheFirstHoldInForceIsNamed()
    {
        HoldSettings over = Hold(["*"]) with { Until = new LocalDate(2029, 12, 31) };
        HoldSettings first = Hold(["login"]);
        HoldSettings second = Hold(["*"]);

        Assert.AreSame(first, Holds(over, first, second).Find("login", [], Now));
        Assert.AreSame(second, Holds(over, first, second).Find("order", [], Now));
    }

    [TestMethod]
    public void AMessageSaysWhichWhyAndUntilWhen()
    {
        Assert.AreEqual("the legal hold \"case\", which lasts until its section is removed (Case 1)", LegalHolds.Describe(Hold(["*"])));
        Assert.AreEqual("the legal hold \"case\", which lasts to the end of 2030-06-30 (Case 1)", LegalHolds.Describe(Hold(["*"]) with { Until = new LocalDate(2030, 6, 30) }));
    }

    private static LegalHolds Holds(params HoldSettings[] holds) => new(holds, Files, DateTimeZone.Utc);

    private static HoldSettings Hold(string[] functions, params HeldField[] fields) => new() { Name = "case", Functions = functions, Fields = fields, Reason = "Case 1" };
}
