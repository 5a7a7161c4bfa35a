using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Json;
using EzAudit.Records;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace EzAudit.Tests.Formats;

[TestClass]
public sealed class ErasedRecordTests
{
    private static readonly ClassicFormat Classic = new(DateTimeZone.Utc);
    private static readonly ClassicFormat NamingClassic = new(DateTimeZone.Utc, namesFunction: true);
    private static readonly JsonFormat Json = new();

    [TestMethod]
    public void AnErasedClassicRecordSaysThatItWasErased() => Assert.AreEqual(
        "[ May 23 2007 14:47:58 ] [] [:]\nErased: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\n",
        Erase(Classic.Syntax, "[ May 23 2007 14:47:58 ] [10.0.0.1] [admin:14]\nUser id: 14\nUser login: é\n\tsecond line\n\n"));

    [TestMethod]
    public void AnErasedClassicRecordKeepsItsFunction() => Assert.AreEqual(
        "[ May 23 2007 14:47:58 ] [] [:]\nErased: xxxxxxxxxxxxxxxxxx\nAudit function: user-login\n\n",
        Erase(Classic.Syntax, "[ May 23 2007 14:47:58 ] [10.0.0.1] [admin:14]\nUser id: 14\nAudit function: user-login\n\n"));

    [TestMethod]
    [DataRow("[ May 23 2007 14:47:58 ] [] [:]\n\n", "[ May 23 2007 14:47:58 ] [] [:]\n\n")]
    [DataRow("[ May 23 2007 14:47:58 ] [] [bob:]\n\n", "[ May 23 2007 14:47:58 ] [] [xxx:]\n\n")]
    [DataRow("[ May 23 2007 14:47:58 ] [::1] [bob:7]\n\n", "[ May 23 2007 14:47:58 ] [] [erasedx:]\n\n")]
    [DataRow("[ May 23 2007 14:47:58 ] [::1] [bob:16]\nAudit function: a\n\n", "[ May 23 2007 14:47:58 ] [] [erasedxx:]\nAudit function: a\n\n")]
    [DataRow("[ May 23 2007 14:47:58 ] [::1] [bobby:7]\n\n", "[ May 23 2007 14:47:58 ] [] [:]\nErased: \n\n")]
    public void AShortClassicRecordIsErasedAsFarAsThereIsRoom(string record, string erased) => Assert.AreEqual(erased, Erase(Classic.Syntax, record));

    [TestMethod]
    [DataRow("[ May 23 2007 14:47:58 ] [::1] [bob:7]\r\nUser id: 7\r\n\r\n", "[ May 23 2007 14:47:58 ] [] [:]\r\nErased: xxxxxxxxx\r\n\r\n")]
    [DataRow("[ May 23 2007 14:47:58 ] [::1] [bob:7]\r\nUser id: 7\n\r\n", "[ May 23 2007 14:47:58 ] [] [:]\r\nErased: xxxxxxxxx\n\r\n")]
    public void TheLineEndsOfAFileWithCarriageReturnsStay(string record, string erased) => Assert.AreEqual(erased, Erase(Classic.Syntax, record));

    [TestMethod]
    public void AnErasedJsonRecordSaysThatItWasErased() => Assert.AreEqual(
        """{"time":"2007-05-23T14:47:58.0000000Z","function":"t","address":"","actor":{"login":"","id":""},"fields":[["Erased","xxxxxxxxxxxxxxxxxxxxxxxx"]]}""" + "\n",
        Erase(JsonSyntax.Instance, """{"time":"2007-05-23T14:47:58.0000000Z","function":"t","address":"::1","actor":{"login":"é","id":"14"},"fields":[["User id","14"]],"session":"s"}""" + "\n"));

    [TestMethod]
    [DataRow("""{"time":"2007-05-23T14:47:58Z","address":"","actor":{"login":"bob","id":"7"},"fields":[]}""", """{"time":"2007-05-23T14:47:58Z","address":"","actor":{"login":"xxxx","id":""},"fields":[]}""")]
    [DataRow("""{"actor":{"id":"7","login":"bobby"},"fields":[],"address":"","time":"2007-05-23T14:47:58Z"}""", """{"time":"2007-05-23T14:47:58Z","address":"","actor":{"login":"erased","id":""},"fields":[]}""")]
    public void AShortJsonRecordOfAnyFormIsErasedAsFarAsThereIsRoom(string record, string erased) => Assert.AreEqual(erased + "\r\n", Erase(JsonSyntax.Instance, record + "\r\n"));

    [TestMethod]
    public void WhatIsNotOneRecordIsNotErased()
    {
        const string record = "[ May 23 2007 14:47:58 ] [::1] [bob:7]\n\n";

        foreach (string bytes in new[] { "", "\n", "text\n\n", record[..^2], record + record, record + "\n" }) Assert.IsNull(Classic.Syntax.Erase(System.Text.Encoding.UTF8.GetBytes(bytes)), bytes);
        foreach (string bytes in new[] { "", "\n", "{}\n", "{\"time\":\"\"}\n" }) Assert.IsNull(JsonSyntax.Instance.Erase(System.Text.Encoding.UTF8.GetBytes(bytes)), bytes);
    }

    [TestMethod]
    public void AnyRecordIsErasedInPlace() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(NastyText.Record.ToArbitrary(), record =>
    {
        AssertErased(Classic, Classic.Syntax, record, "");
        AssertErased(NamingClassic, NamingClassic.Syntax, record, "t");
        AssertErased(Json, JsonSyntax.Instance, record, "t");
    }));

    // Also between other records: whatever is erased must not change where they begin.
    private static void AssertErased(IAuditFormat format, RecordSyntax syntax, AuditRecord record, string function)
    {
        byte[] bytes = format.ToBytes(record);
        byte[] erased = syntax.Erase(bytes)!;
        byte[] file = [.. bytes, .. erased, .. bytes];

        Assert.HasCount(bytes.Length, erased);
        CollectionAssert.AreEqual(erased, syntax.Erase(erased), "erasing again must change nothing");
        Assert.IsFalse(erased.Any(b => b >= 0x80), "no byte of a text may remain");
        Assert.AreEqual(Count(bytes, format.Terminator), Count(erased, format.Terminator));
        List<(int Offset, AuditReadResult Piece)> pieces = format.ReadAll(file);
        CollectionAssert.AreEqual(new[] { 0, bytes.Length, bytes.Length * 2 }, pieces.Select(piece => piece.Offset).ToArray());
        AuditReadResult found = pieces[1].Piece;
        Assert.IsNull(found.Problem);
        Assert.AreEqual(record.Time, found.Record!.Time);
        Assert.AreEqual(function, found.Record.Function ?? "");
        Assert.AreEqual("", found.Record.Address);
        Assert.AreEqual("", found.Record.Actor.Id);
        Assert.IsTrue(found.Record.Fields.All(field => (field.Name == "Erased" && field.Value.All(c => c == 'x')) || (field.Name == "Audit function" && field.Value == function)));
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> terminator) => bytes.Count(terminator);

    private static string Erase(RecordSyntax syntax, string record)
    {
        byte[] erased = syntax.Erase(System.Text.Encoding.UTF8.GetBytes(record))!;
        Assert.AreEqual(System.Text.Encoding.UTF8.GetByteCount(record), erased.Length);
        return System.Text.Encoding.UTF8.GetString(erased);
    }
}
