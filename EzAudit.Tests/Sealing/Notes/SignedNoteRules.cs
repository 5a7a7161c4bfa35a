using System.Security.Cryptography;
using System.Text;

namespace EzAudit.Tests.Sealing.Notes;

/// <summary>
/// Opens a note by the rules of c2sp.org/signed-note (v1.0.0) for signature type 0x02, sentence by sentence and with nothing of the library: what other people's
/// verifiers do. It accepts more than the library does, such as several signatures and any text.
/// </summary>
internal static class SignedNoteRules
{
    /// <summary>The text of the note, if the key signed it; else <see langword="null"/>.</summary>
    public static string? Open(byte[] note, string vkey)
    {
        var (name, id, key) = ParseKey(vkey);
        string all = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(note);
        if (all.Any(character => character < ' ' && character != '\n')) return null;
        // The text is separated from the signatures by the last empty line in the note.
        int blank = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !all.EndsWith('\n')) return null;
        string text = all[..(blank + 1)];
        string[] signatures = all[(blank + 2)..^1].Split('\n');
        bool signed = false;
        foreach (string line in signatures)
        {
            if (!line.StartsWith("\u2014 ", StringComparison.Ordinal)) return null;
            string[] fields = line[2..].Split(' ');
            if (fields.Length != 2 || fields[0].Length == 0) return null;
            byte[] bytes = Convert.FromBase64String(fields[1]);
            // Signatures of unknown keys are ignored, even if they share a name or an id (but not both) with a known key.
            if (fields[0] != name || !bytes.AsSpan(0, 4).SequenceEqual(id)) continue;
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key, out _);
            if (!ecdsa.VerifyHash(SHA256.HashData(Encoding.UTF8.GetBytes(text)), bytes[4..], DSASignatureFormat.Rfc3279DerSequence)) return null;
            signed = true;
        }
        return signed ? text : null;
    }

    /// <summary>A note by the same rules, signed with the key pair.</summary>
    public static byte[] Sign(string text, string name, ECDsa key)
    {
        byte[] id = SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4];
        byte[] signature = key.SignHash(SHA256.HashData(Encoding.UTF8.GetBytes(text)), DSASignatureFormat.Rfc3279DerSequence);
        return Encoding.UTF8.GetBytes(text + "\n" + "\u2014 " + name + " " + Convert.ToBase64String([.. id, .. signature]) + "\n");
    }

    private static (string Name, byte[] Id, byte[] Spki) ParseKey(string vkey)
    {
        string[] fields = vkey.Split('+', 3);
        byte[] typed = Convert.FromBase64String(fields[2]);
        byte[] id = Convert.FromHexString(fields[1]);
        Assert.AreEqual(2, typed[0], "signature type");
        CollectionAssert.AreEqual(SHA256.HashData(typed[1..])[..4], id, "the key id of an ECDSA key is the truncated SHA-256 of its SPKI");
        return (fields[0], id, typed[1..]);
    }
}
