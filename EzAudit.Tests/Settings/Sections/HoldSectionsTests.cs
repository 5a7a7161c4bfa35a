using EzAudit.Settings.Model;
using NodaTime;

namespace EzAudit.Tests.Settings.Sections;

/// <summary>Legal holds: <c>[Hold-NAME]</c>.</summary>
[TestClass]
public sealed class HoldSectionsTests
{
    [TestMethod]
    public void WithoutSectionsNothingIsHeld()
    {
        using SettingsFolder folder = SettingsFolder.WithAuditSettings();

        Assert.IsEmpty(folder.Settings.Holds);
    }

    [TestMethod]
    public void EveryValueIsRead()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride(
            "[AuditSettings]", "AuditFileNames[a]=a.log", "AuditFileNames[b]=b.log",
            "[Hold-one]", "Functions[]=a", "Functions[]=b", "Functions[]=a", "Fields[]=User id=14", "Fields[]=Comment=a=b", "Fields[]=Note=", "Until=2030-12-31", "Reason=Case 1",
            "[Hold-two]", "Functions[]=*", "Until=", "Reason=Case 2");
        IReadOnlyList<HoldSettings> holds = folder.Settings.Holds;

        CollectionAssert.AreEqual(new[] { "one", "two" }, holds.Select(hold => hold.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "a", "b" }, holds[0].Functions.ToArray());
        CollectionAssert.AreEqual(new HeldField[] { new("User id", "14"), new("Comment", "a=b"), new("Note", "") }, holds[0].Fields.ToArray());
        Assert.AreEqual(new LocalDate(2030, 12, 31), holds[0].Until);
        Assert.AreEqual("Case 1", holds[0].Reason);
        CollectionAssert.AreEqual(new[] { HoldSettings.AllFunctions }, holds[1].Functions.ToArray());
        Assert.IsEmpty(holds[1].Fields);
        Assert.IsNull(holds[1].Until);
    }

    [TestMethod]
    [DataRow("Until=31.12.2030", "\"31.12.2030\"", "a date such as 2030-12-31")]
    [DataRow("Until=2030-02-30", "\"2030-02-30\"", "a date such as 2030-12-31")]
    [DataRow("Until=9999-12-31", "\"9999-12-31\"", "a date such as 2030-12-31")]
    [DataRow("Until=2030-12-31T00:00", "\"2030-12-31T00:00\"", "a date such as 2030-12-31")]
    [DataRow("Fields[]=User id", "field \"User id\"", "a field and its value: Fields[]=NAME=VALUE")]
    [DataRow("Fields[]==14", "field \"=14\"", "a field and its value: Fields[]=NAME=VALUE")]
    [DataRow("Fields[User id]=14", "field \"[User id]=14\"", "a field and its value: Fields[]=NAME=VALUE")]
    [DataRow("Fields=User id", "text \"User id\"", "an array: Fields[...]=VALUE")]
    [DataRow("Functions[]=", "function \"\"", "1 to 128 characters, none of them a control character; or \"*\" for all functions")]
    [DataRow("User=14", "key \"User\"", "a key of [Hold-a]: Until, Reason, Functions, Fields")]
    public void AValueThatDoesNotFitIsAProblem(string line, string found, string expected)
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Hold-a]", "Reason=Case 1", "Functions[]=*", line);

        Assert.AreEqual($"4: found {found}, expected {expected}", folder.Problem);
    }

    [TestMethod]
    public void AHoldNeedsAReason()
    {
        using SettingsFolder without = SettingsFolder.WithOverride("[Hold-a]", "Functions[]=*");
        using SettingsFolder empty = SettingsFolder.WithOverride("[Hold-a]", "Functions[]=*", "Reason= ");

        Assert.AreEqual("1: found \"[Hold-a]\" without Reason, expected Reason= followed by why the records are held", without.Problem);
        Assert.AreEqual("3: found \" \", expected why the records are held", empty.Problem);
    }

    [TestMethod]
    public void AHoldNeedsAFunction()
    {
        using SettingsFolder without = SettingsFolder.WithOverride("[Hold-a]", "Reason=Case 1");
        using SettingsFolder empty = SettingsFolder.WithOverride("[Hold-a]", "Reason=Case 1", "Functions[]");

        Assert.AreEqual("1: found \"[Hold-a]\" without Functions, expected at least one line such as Functions[]=user-login, or Functions[]=* for all", without.Problem);
        Assert.AreEqual("3: found no function, expected at least one line such as Functions[]=user-login, or Functions[]=* for all", empty.Problem);
    }

    [TestMethod]
    public void AFunctionThatIsNotWrittenIsAWarning()
    {
        using SettingsFolder folder = SettingsFolder.WithOverride("[Hold-a]", "Reason=Case 1", "Functions[]=user-logn");

        Assert.AreEqual("3: found function \"user-logn\" without a file name for it, expected AuditFileNames[NAME]=FILE in [AuditSettings] (warning)", folder.Problem);
    }
}
