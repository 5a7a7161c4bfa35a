using System.Collections;
using System.Globalization;
using EzAudit.Records;
using NodaTime;

namespace EzAudit.Tests.Records;

[TestClass]
public sealed class ValueTextTests
{
    private static string Of(object? value)
    {
        string text = ValueText.Of(value, out bool failed);
        Assert.IsFalse(failed);
        return text;
    }

    [TestMethod]
    public void NullIsTheEmptyText() => Assert.AreEqual("", Of(null));

    [TestMethod]
    public void NumbersAreInvariant()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.AreEqual("-1.5|1.50|0.1|18446744073709551615", string.Join('|', Of(-1.5), Of(1.50m), Of(0.1f), Of(ulong.MaxValue)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void FlagsAreLowerCaseAndEnumsTheirNames()
    {
        Assert.AreEqual("true, false", Of(new[] { true, false }));
        Assert.AreEqual("Monday", Of(DayOfWeek.Monday));
        Assert.AreEqual("99", Of((DayOfWeek)99));
    }

    [TestMethod]
    public void TimesAreIso8601()
    {
        var time = new DateTime(2007, 5, 23, 14, 47, 58, DateTimeKind.Utc);
        Assert.AreEqual("2007-05-23T14:47:58.0000000Z", Of(time));
        Assert.AreEqual("2007-05-23T14:47:58.0000000+02:00", Of(new DateTimeOffset(2007, 5, 23, 14, 47, 58, TimeSpan.FromHours(2))));
        Assert.AreEqual("2007-05-23", Of(new DateOnly(2007, 5, 23)));
        Assert.AreEqual("14:47:58.0000000", Of(new TimeOnly(14, 47, 58)));
        Assert.AreEqual("2007-05-23T14:47:58Z", Of(Instant.FromDateTimeUtc(time)));
        Assert.AreEqual("2007-05-23", Of(new LocalDate(2007, 5, 23)));
        Assert.AreEqual("2007-05-23T14:47:58", Of(new LocalDateTime(2007, 5, 23, 14, 47, 58)));
        Assert.AreEqual("P1M", Of(Period.FromMonths(1)));
    }

    [TestMethod]
    public void ASequenceIsItsItems() => Assert.AreEqual("1, a, , x, y", Of(new object?[] { 1, 'a', null, new List<string> { "x", "y" } }));

    [TestMethod]
    [Fault(51)]
    public void AnEndlessSequenceComesToAnEnd()
    {
        static IEnumerable<int> Endless()
        {
            while (true) yield return 7;
        }
        string text = Of(Endless());
        Assert.AreEqual(1000, text.Count(c => c == '7'));
        StringAssert.EndsWith(text, "7, ...");
    }

    [TestMethod]
    [Fault(51)]
    public void AListThatHoldsItselfComesToAnEnd()
    {
        var list = new ArrayList { 1 };
        list.Add(list);
        Assert.AreEqual("1, 1, 1, 1, ...", Of(list));
    }

    [TestMethod]
    public void AListThatContainsItselfManyTimesEndsSoon()
    {
        var list = new ArrayList();
        for (int i = 0; i < 1000; i++) list.Add(list);
        Assert.IsLessThan(100_000, Of(list).Length);
    }

    [TestMethod]
    public void AnObjectThatThrowsGivesItsTypeAndIsReported()
    {
        Assert.AreEqual("[error: Throwing]", ValueText.Of(new Throwing(), out bool failed));
        Assert.IsTrue(failed);
    }

    [TestMethod]
    public void AnEnumeratorThatThrowsGivesItsTypeAndIsReported()
    {
        Assert.AreEqual("[error: ThrowingSequence]", ValueText.Of(new ThrowingSequence(), out bool failed));
        Assert.IsTrue(failed);
    }

    private sealed class Throwing
    {
        public override string ToString() => throw new InvalidOperationException();
    }

    private sealed class ThrowingSequence : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator()
        {
            yield return 1;
            throw new InvalidOperationException();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
