using System.Text;
using EzAudit.Sealing.Keys;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>The text of a key file.</summary>
[TestClass]
public sealed class KeyTextTests
{
    private const string Origin = "example.com/log";

    [TestMethod]
    public void AKeyIsReadAsItWasWritten()
    {
        using PrivateKey key = PrivateKey.Create(Origin, 12);

        using PrivateKey? read = KeyText.TryParse(TextOf(key), out _);

        Assert.AreEqual(key.Public, read!.Public);
        Assert.IsTrue(key.Public.Key.Verify("text"u8, read.Sign("text"u8)));
    }

    [TestMethod]
    public void AFlippedBitNeverYieldsAnotherKey()
    {
        using PrivateKey key = PrivateKey.Create(Origin, 12);
        byte[] text = TextOf(key);
        int damaged = 0;
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            byte[] flipped = [.. text];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));

            using PrivateKey? read = KeyText.TryParse(flipped, out string problem);

            // A flipped bit of the origin may be another origin, and one of the epoch another epoch; the key pair is the same or none.
            if (read is null) damaged++;
            else Assert.IsTrue(read.Public.Key.Spki.Span.SequenceEqual(key.Public.Key.Spki.Span) && key.Public.Key.Verify("text"u8, read.Sign("text"u8)), $"bit {bit}: {problem}");
        }
        Assert.IsGreaterThan(text.Length * 8 * 2 / 3, damaged);
    }

    [TestMethod]
    public void ATextThatIsCutOffAnywhereIsDamaged()
    {
        using PrivateKey key = PrivateKey.Create(Origin, 12);
        byte[] text = TextOf(key);
        for (int length = 0; length < text.Length; length++) Assert.IsNull(KeyText.TryParse(text.AsSpan(0, length), out _), $"{length} bytes");
        Assert.IsNull(KeyText.TryParse([.. text, (byte)'\n'], out _));
    }

    [TestMethod]
    [DataRow("", "it contains only zeros: the key was destroyed")]
    [DataRow("\0\0\0", "it contains only zeros: the key was destroyed")]
    [DataRow("-----BEGIN PRIVATE KEY-----\n", "its first line is not \"ezaudit-seal-key v1\"")]
    [DataRow("ezaudit-seal-key v1\nexample.com+log\n0\n", "the origin or the epoch is damaged")]
    [DataRow("ezaudit-seal-key v1\nexample.com/log\n007\n", "the origin or the epoch is damaged")]
    [DataRow("ezaudit-seal-key v1\nexample.com/log\n7\nAAAA\n", "the private key is damaged")]
    public void TheProblemSaysWhatIsDamaged(string text, string expected)
    {
        Assert.IsNull(KeyText.TryParse(Encoding.UTF8.GetBytes(text), out string problem));
        Assert.AreEqual(expected, problem);
    }

    [TestMethod]
    public void AKeyOnAnotherCurveIsRefused()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);

        Assert.IsNull(KeyText.TryParse(Encoding.UTF8.GetBytes($"ezaudit-seal-key v1\n{Origin}\n0\n{Convert.ToBase64String(other.ExportPkcs8PrivateKey())}\n"), out string problem));
        Assert.AreEqual("the private key is damaged", problem);
    }

    private static byte[] TextOf(PrivateKey key)
    {
        byte[] text = new byte[KeyText.MaxLength];
        return text[..KeyText.Format(key, text)];
    }
}
