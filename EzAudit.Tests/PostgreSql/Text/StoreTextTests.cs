using System.Text;
using System.Text.Json;
using EzAudit.PostgreSql.Text;
using EzAudit.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EzAudit.Tests.PostgreSql.Text;

[TestClass]
public sealed class StoreTextTests
{
    [TestMethod]
    public void DecodingUndoesEncodingForEveryText() => Prop.ForAll(NastyText.Text.ToArbitrary(), text => StoreText.Decode(StoreText.Encode(text)) == text).QuickCheckThrowOnFailure();

    [TestMethod]
    public void AnEncodedTextIsOneThatPostgreSqlTakes() => Prop.ForAll(
        NastyText.Text.ToArbitrary(),
        text =>
        {
            string encoded = StoreText.Encode(text);
            return !encoded.Contains('\0', StringComparison.Ordinal) && StrictText.Of(encoded) == encoded;
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void TextsWithoutNulAndLoneSurrogatesStayAsTheyAre()
    {
        foreach (string text in new[] { "", "a", @"C:\temp\new", "a\nb\t\u0001", "😀 é 日本語", @"\u0000" }) Assert.AreSame(text, StoreText.Encode(text));
    }

    [TestMethod]
    public void TheRestIsEscapedAsInTheClassicFormat()
    {
        Assert.AreEqual(@"\u{0}", StoreText.Encode("\0"));
        Assert.AreEqual(@"a\u{d800}b\u{dc00}", StoreText.Encode("a\ud800b\udc00"));
        Assert.AreEqual(@"\u{5c}u{0}", StoreText.Encode(@"\u{0}"));
    }

    [TestMethod]
    [DataRow(@"\u{")]
    [DataRow(@"\u{}")]
    [DataRow(@"\u{zz} x")]
    [DataRow(@"\u{12345} x")]
    public void WhatNoWriterProducesIsReadAsItIs(string text) => Assert.AreEqual(text, StoreText.Decode(text));

    [TestMethod]
    public void AJsonStringReadsBackAsTheSameText() => Prop.ForAll(
        NastyText.Text.ToArbitrary(),
        text =>
        {
            string encoded = StoreText.Encode(text);
            byte[] bytes = new byte[(encoded.Length * 6) + 2];
            int count = JsonString.Write(encoded, bytes);
            return JsonSerializer.Deserialize<string>(Encoding.UTF8.GetString(bytes, 0, count)) == encoded;
        }).QuickCheckThrowOnFailure();
}
