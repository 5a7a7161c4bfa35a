using System.Security.Cryptography;
using System.Text;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Tree;

namespace EzAudit.Tests.Sealing.Notes;

/// <summary>Signed checkpoints: one text each, and no other is read.</summary>
[TestClass]
public sealed class SignedCheckpointTests : IDisposable
{
    private const string Origin = "example.com/host1/ezaudit";

    private readonly ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly VerificationKey _key;
    private readonly SignedCheckpoint _signed;

    public SignedCheckpointTests()
    {
        _key = VerificationKey.Of(Origin, _pair);
        _signed = TestKeys.Sign(new Checkpoint(Origin, 20852, TreeHash.OfLeaf("a"u8)), _pair);
    }

    public void Dispose() => _pair.Dispose();

    [TestMethod]
    public void ACheckpointIsReadBack()
    {
        Assert.IsTrue(SignedCheckpoint.TryParse(_signed.Note, out SignedCheckpoint? read, out string? problem), problem);
        Assert.AreEqual(_signed.Checkpoint, read.Checkpoint);
        Assert.AreEqual(_signed.Note, read.Note);
        Assert.AreEqual(Origin, read.SignerName);
        Assert.AreEqual(_key.KeyId, read.KeyId);
        Assert.IsTrue(read.Signature.Span.SequenceEqual(_signed.Signature.Span));
        Assert.IsTrue(read.IsSignedBy(_key));
    }

    [TestMethod]
    public void EverySingleBitFlipOfANoteIsRejected()
    {
        byte[] note = Encoding.UTF8.GetBytes(_signed.Note);
        int unreadable = 0, unsigned = 0;
        for (int bit = 0; bit < note.Length * 8; bit++)
        {
            if (!SignedCheckpoint.TryParse(Flip.Bit(note, bit), out SignedCheckpoint? found, out _)) unreadable++;
            else if (!found.IsSignedBy(_key)) unsigned++;
            else Assert.Fail($"bit {bit}");
        }
        Assert.AreEqual(note.Length * 8, unreadable + unsigned);
        Assert.IsGreaterThan(0, unsigned);
    }

    [TestMethod]
    public void EverySingleBitFlipOfALineIsRejected()
    {
        byte[] line = Encoding.UTF8.GetBytes(_signed.Line);
        for (int bit = 0; bit < line.Length * 8; bit++)
        {
            string flipped = Encoding.Latin1.GetString(Flip.Bit(line, bit));
            Assert.IsFalse(SignedCheckpoint.TryParseLine(flipped, out SignedCheckpoint? found) && found.IsSignedBy(_key), $"bit {bit}: {flipped}");
        }
    }

    [TestMethod]
    public void NoPartOfANoteIsOne()
    {
        for (int length = 0; length < _signed.Note.Length; length++)
        {
            Assert.IsFalse(SignedCheckpoint.TryParse(_signed.Note[..length], out _, out string? problem), $"{length} characters");
            Assert.IsNotNull(problem);
        }
    }

    [TestMethod]
    public void AnotherKeyOfTheSameNameDidNotSign()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.IsFalse(_signed.IsSignedBy(VerificationKey.Of(Origin, other)));
    }

    [TestMethod]
    public void TheSameKeyUnderAnotherNameDidNotSign() => Assert.IsFalse(_signed.IsSignedBy(VerificationKey.Of("example.com/other", _pair)));

    [TestMethod]
    public void AWrongKeyIdIsRejectedAlthoughTheSignatureIsRight()
    {
        byte[] bytes = Convert.FromBase64String(SignatureText);
        bytes[3]++;
        Assert.IsTrue(SignedCheckpoint.TryParse(_signed.Note.Replace(SignatureText, Convert.ToBase64String(bytes), StringComparison.Ordinal), out SignedCheckpoint? found, out _));
        Assert.IsTrue(_key.Verify(Encoding.UTF8.GetBytes(found.Checkpoint.Text), found.Signature.Span));
        Assert.IsFalse(found.IsSignedBy(_key));
    }

    [TestMethod]
    public void ASignatureInAnotherEncodingIsRejectedAlthoughItsNumbersAreRight()
    {
        byte[] der = _signed.Signature.ToArray();
        byte[] longForm = [0x30, 0x81, .. der[1..]];
        int r = der[3];
        byte[] padded = [0x30, (byte)(der[1] + 1), 0x02, (byte)(r + 1), 0, .. der[4..]];
        foreach (byte[] other in new[] { longForm, padded, [.. der, 0] })
            Assert.IsFalse(SignedCheckpoint.Of(_signed.Checkpoint, _key, other).IsSignedBy(_key), Convert.ToHexString(other));
    }

    [TestMethod]
    public void WhatIsNotExactlyANoteIsRejectedWithItsProblem()
    {
        const string root = "Dh+s3Ux18htTTAD8OuAn8Q==", lines = "a checkpoint is a note of five lines, the fourth of which is empty";
        string start = $"the signature line does not begin with '\u2014 {Origin} '";
        AssertProblem(lines, "");
        AssertProblem(lines, _signed.Note + "\n");
        AssertProblem(lines, _signed.Note.TrimEnd('\n'));
        AssertProblem(lines, "\n" + _signed.Note);
        AssertProblem(lines, _signed.Note.Replace("\n\n", "\n", StringComparison.Ordinal));
        AssertProblem(lines, _signed.Note.Replace("\n\n", "\n \n", StringComparison.Ordinal));
        AssertProblem(lines, _signed.Note.Replace("\n\n", "\nextension\n\n", StringComparison.Ordinal));
        AssertProblem(lines, _signed.Note + $"\u2014 witness {SignatureText}\n");
        AssertProblem($"the size '20852\r' is not a decimal number without leading zeros", _signed.Note.Replace("20852\n", "20852\r\n", StringComparison.Ordinal));
        AssertProblem(start, _signed.Note.Replace("\u2014", "-", StringComparison.Ordinal));
        AssertProblem(start, _signed.Note.Replace("\u2014", "\u2013", StringComparison.Ordinal));
        AssertProblem(start, _signed.Note.Replace("\u2014 ", "\u2014\u00a0", StringComparison.Ordinal));
        AssertProblem(start, _signed.Note.Replace($"\u2014 {Origin}", "\u2014 example.com/other", StringComparison.Ordinal));
        AssertProblem($"the signature ' {SignatureText}' is not canonical base64 of a key id and a signature", _signed.Note.Replace($"{Origin} ", $"{Origin}  ", StringComparison.Ordinal));
        AssertProblem($"the signature '{SignatureText} ' is not canonical base64 of a key id and a signature", _signed.Note.Replace(SignatureText, SignatureText + " ", StringComparison.Ordinal));
        AssertProblem("the signature '' is not canonical base64 of a key id and a signature", _signed.Note.Replace(SignatureText, "", StringComparison.Ordinal));
        AssertProblem("the signature 'wNI9ag==' is not canonical base64 of a key id and a signature", _signed.Note.Replace(SignatureText, "wNI9ag==", StringComparison.Ordinal));
        AssertProblem($"the root '{root}' is not canonical base64 of 32 bytes", _signed.Note.Replace(_signed.Checkpoint.Root.ToString(), root, StringComparison.Ordinal));
        AssertProblem("the origin '' is empty, or contains white space, a control character or '+'", _signed.Note.Replace(Origin, "", StringComparison.Ordinal));
        AssertProblem("the origin 'a b' is empty, or contains white space, a control character or '+'", _signed.Note.Replace(Origin, "a b", StringComparison.Ordinal));
        AssertProblem("the origin 'a+b' is empty, or contains white space, a control character or '+'", _signed.Note.Replace(Origin, "a+b", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("020852")]
    [DataRow("00")]
    [DataRow("+20852")]
    [DataRow("-1")]
    [DataRow(" 20852")]
    [DataRow("20852 ")]
    [DataRow("")]
    [DataRow("20,852")]
    [DataRow("0x5174")]
    [DataRow("2e4")]
    [DataRow("\u0662\u0660")]
    [DataRow("9223372036854775808")]
    public void SuchASizeIsRejected(string size) => AssertProblem(
        size.Length == 0 ? "a checkpoint is a note of five lines, the fourth of which is empty" : $"the size '{size}' is not a decimal number without leading zeros",
        size.Length == 0 ? _signed.Note.Replace("20852\n", "", StringComparison.Ordinal) : _signed.Note.Replace("20852", size, StringComparison.Ordinal));

    [TestMethod]
    [DataRow(0)]
    [DataRow(long.MaxValue)]
    public void TheSmallestAndTheLargestSizeAreRead(long size)
    {
        SignedCheckpoint signed = TestKeys.Sign(new Checkpoint(Origin, size, TreeHash.OfEmptyTree), _pair);
        Assert.IsTrue(SignedCheckpoint.TryParse(signed.Note, out SignedCheckpoint? read, out _) && read.Checkpoint.Size == size && read.IsSignedBy(_key));
    }

    [TestMethod]
    public void BytesThatAreNotUtf8AreRejectedEvenIfTheyWouldBecomeTheSameText()
    {
        byte[] note = Encoding.UTF8.GetBytes(_signed.Note);
        Assert.IsFalse(SignedCheckpoint.TryParse([0xef, 0xbb, 0xbf, .. note], out _, out _), "byte order mark");
        Assert.IsFalse(SignedCheckpoint.TryParse([0xff, .. note], out _, out string? problem));
        Assert.AreEqual("the note is not valid UTF-8", problem);
    }

    [TestMethod]
    public void AKeyOfAnotherNameCannotSign() => Assert.AreEqual(
        $"The key 'other' cannot sign a checkpoint of '{Origin}'. (Parameter 'key')",
        Assert.ThrowsExactly<ArgumentException>(() => SignedCheckpoint.Of(_signed.Checkpoint, VerificationKey.Of("other", _pair), [])).Message);

    [TestMethod]
    public void TheLineNamesOriginSizeRootAndSignature() =>
        Assert.AreEqual($"ezaudit-checkpoint {Origin} 20852 {_signed.Checkpoint.Root} {SignatureText}", _signed.Line);

    [TestMethod]
    [DataRow("{0}", DisplayName = "alone")]
    [DataRow("<110>1 2026-01-01T00:00:00Z host ezaudit - - - {0}", DisplayName = "at the end of a syslog line")]
    [DataRow("info: EzAudit[7] {0} (every 60 s)", DisplayName = "within a line")]
    [DataRow("{0}\r", DisplayName = "before a carriage return")]
    [DataRow("the newest ezaudit-checkpoint is: {0}", DisplayName = "behind the word itself")]
    public void ALineIsFoundWithinText(string around)
    {
        Assert.IsTrue(SignedCheckpoint.TryParseLine(around.Replace("{0}", _signed.Line, StringComparison.Ordinal), out SignedCheckpoint? found));
        Assert.AreEqual(_signed.Note, found.Note);
    }

    [TestMethod]
    public void ALineIsFoundInJson()
    {
        // Every character of base64 occurs in one of so many signatures.
        for (int i = 0; i < 100; i++)
        {
            SignedCheckpoint signed = TestKeys.Sign(new Checkpoint(Origin, i, TreeHash.OfLeaf([(byte)i])), _pair);
            string json = System.Text.Json.JsonSerializer.Serialize(new { Message = signed.Line, Level = "Information" });
            Assert.IsTrue(SignedCheckpoint.TryParseLine(json, out SignedCheckpoint? found) && found.IsSignedBy(_key), json);
            Assert.IsTrue(SignedCheckpoint.TryParseLine(json.Replace("/", "\\/", StringComparison.Ordinal), out found) && found.IsSignedBy(_key), json);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("ezaudit-checkpoint")]
    [DataRow("ezaudit-checkpoint a 1")]
    [DataRow("ezaudit-checkpoint a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [DataRow("ezaudit-checkpoint a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= wNI9ag==")]
    [DataRow("ezaudit-checkpoint  a 1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= wNI9ajBE")]
    public void SuchALineHoldsNoCheckpoint(string line) => Assert.IsFalse(SignedCheckpoint.TryParseLine(line, out _));

    private string SignatureText => _signed.Line.Split(' ')[^1];

    private static void AssertProblem(string problem, string note)
    {
        Assert.IsFalse(SignedCheckpoint.TryParse(note, out SignedCheckpoint? found, out string? actual), note);
        Assert.IsNull(found);
        Assert.AreEqual(problem, actual);
    }
}
