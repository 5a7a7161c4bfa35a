using System.Globalization;
using EzAudit.Records;

namespace EzAudit.Tests.Records;

[TestClass]
public sealed class AuditFieldTests
{
    private static string Value(AuditField field) => field.Value;

    [TestMethod]
    public void EveryKindOfValueHasItsText()
    {
        Assert.AreEqual("text", Value(("n", "text")));
        Assert.AreEqual("", Value(("n", (string?)null)));
        Assert.AreEqual("", Value(("n", (object?)null)));
        Assert.AreEqual("-7", Value(("n", -7)));
        Assert.AreEqual("-9223372036854775808", Value(("n", long.MinValue)));
        Assert.AreEqual("18446744073709551615", Value(("n", (object)ulong.MaxValue)));
        Assert.AreEqual("true", Value(("n", true)));
        Assert.AreEqual("x", Value(("n", 'x')));
        Assert.AreEqual("0.1", Value(("n", 0.1f)));
        Assert.AreEqual("0.1", Value(("n", 0.1)));
        Assert.AreEqual("NaN", Value(("n", double.NaN)));
        Assert.AreEqual("1.50", Value(("n", 1.50m)));
        Assert.AreEqual("Monday", Value(("n", DayOfWeek.Monday)));
    }

    [TestMethod]
    [Fault(52)]
    public void TheCultureOfTheThreadDoesNotMatter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            Assert.AreEqual("-1.5|-1.5|-1", string.Join('|', Value(("n", -1.5)), Value(("n", -1.5m)), Value(("n", -1))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void ADefaultFieldIsEmpty() => Assert.AreEqual(("", ""), (default(AuditField).Name, default(AuditField).Value));

    [TestMethod]
    public void ANameIsRequired() => Assert.ThrowsExactly<ArgumentNullException>(() => new AuditField(null!, 1));

    [TestMethod]
    public void FieldsAreEqualWhenNameAndTextAre()
    {
        Assert.AreEqual(new AuditField("n", 1), new AuditField("n", "1"));
        Assert.AreEqual(new AuditField("n", 1).GetHashCode(), new AuditField("n", "1").GetHashCode());
        Assert.AreNotEqual(new AuditField("n", 1), new AuditField("n", 2));
        Assert.AreNotEqual(new AuditField("n", 1), new AuditField("m", 1));
    }
}
