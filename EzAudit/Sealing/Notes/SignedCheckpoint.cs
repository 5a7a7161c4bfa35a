using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Notes;

/// <summary>A checkpoint with its signature: a C2SP signed note of five lines. That it could be read says nothing about the signature: see <see cref="IsSignedBy"/>.</summary>
internal sealed class SignedCheckpoint
{
    private const string SignatureStart = "\u2014 ";
    private const string LineStart = "ezaudit-checkpoint ";
    private const int IdLength = 4;

    private readonly byte[] _idAndSignature;

    private SignedCheckpoint(Checkpoint checkpoint, byte[] idAndSignature)
    {
        Checkpoint = checkpoint;
        _idAndSignature = idAndSignature;
    }

    /// <summary>What was signed.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>The name in the signature line: the origin.</summary>
    public string SignerName => Checkpoint.Origin;

    /// <summary>The id of the key that signed, as the note says.</summary>
    public uint KeyId => BinaryPrimitives.ReadUInt32BigEndian(_idAndSignature);

    /// <summary>The signature, in DER if it is a valid one.</summary>
    public ReadOnlyMemory<byte> Signature => _idAndSignature.AsMemory(IdLength);

    /// <summary>The note: five lines, each with its newline.</summary>
    public string Note => $"{Checkpoint.Text}\n{SignatureStart}{SignerName} {SignatureText}\n";

    /// <summary>The form for logs: one line without a newline.</summary>
    public string Line => string.Create(
        CultureInfo.InvariantCulture, $"{LineStart}{Checkpoint.Origin} {Checkpoint.Size} {Checkpoint.Root} {SignatureText}");

    private string SignatureText => Convert.ToBase64String(_idAndSignature);

    /// <summary>The note of a checkpoint and the signature of its text. The signature is not checked.</summary>
    /// <exception cref="ArgumentException">The key's name is not the checkpoint's origin.</exception>
    public static SignedCheckpoint Of(Checkpoint checkpoint, VerificationKey key, ReadOnlySpan<byte> signature)
    {
        if (key.Name != checkpoint.Origin)
            throw new ArgumentException($"The key '{key.Name}' cannot sign a checkpoint of '{checkpoint.Origin}'.", nameof(key));
        var bytes = new byte[IdLength + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, key.KeyId);
        signature.CopyTo(bytes.AsSpan(IdLength));
        return new SignedCheckpoint(checkpoint, bytes);
    }

    /// <summary>Reads a note; <see langword="false"/> unless it is exactly what <see cref="Note"/> would return.</summary>
    /// <param name="note">The five lines, each with its newline.</param>
    /// <param name="checkpoint">The checkpoint, if the result is <see langword="true"/>.</param>
    /// <param name="problem">What is wrong, if the result is <see langword="false"/>.</param>
    public static bool TryParse(string note, [NotNullWhen(true)] out SignedCheckpoint? checkpoint, [NotNullWhen(false)] out string? problem)
    {
        checkpoint = null;
        if (note.Split('\n') is not [string origin, string size, string root, "", string signature, ""])
        {
            problem = "a checkpoint is a note of five lines, the fourth of which is empty";
            return false;
        }
        if (!Checkpoint.TryParse([origin, size, root], out Checkpoint? text, out problem)) return false;
        string start = $"{SignatureStart}{origin} ";
        if (!signature.StartsWith(start, StringComparison.Ordinal))
        {
            problem = $"the signature line does not begin with '{start}'";
            return false;
        }
        return TrySign(text, signature[start.Length..], out checkpoint, out problem);
    }

    /// <summary>Reads the bytes of a note, which must be valid UTF-8.</summary>
    /// <inheritdoc cref="TryParse(string, out SignedCheckpoint?, out string?)"/>
    public static bool TryParse(ReadOnlySpan<byte> note, [NotNullWhen(true)] out SignedCheckpoint? checkpoint, [NotNullWhen(false)] out string? problem)
    {
        if (NoteText.TryDecode(note, out string? text)) return TryParse(text, out checkpoint, out problem);
        checkpoint = null;
        problem = "the note is not valid UTF-8";
        return false;
    }

    /// <summary>Finds the form for logs anywhere in a line of text, such as a line of a log or of JSON; <see langword="false"/> if it is not there.</summary>
    public static bool TryParseLine(string line, [NotNullWhen(true)] out SignedCheckpoint? checkpoint)
    {
        checkpoint = null;
        // JSON serializers escape characters of base64.
        string text = line.Replace("\\u002B", "+", StringComparison.OrdinalIgnoreCase).Replace("\\/", "/", StringComparison.Ordinal);
        for (int at = 0; checkpoint is null && (at = text.IndexOf(LineStart, at, StringComparison.Ordinal)) >= 0;)
        {
            at += LineStart.Length;
            if (text[at..].Split(' ', 4) is [string origin, string size, string root, string rest] && Checkpoint.TryParse([origin, size, root], out Checkpoint? found, out _))
                TrySign(found, Base64Start(rest), out checkpoint, out _);
        }
        return checkpoint is not null;
    }

    /// <summary>Whether this key signed the checkpoint: name, id and signature are right.</summary>
    public bool IsSignedBy(VerificationKey key) =>
        key.Name == SignerName && key.KeyId == KeyId && key.Verify(Encoding.UTF8.GetBytes(Checkpoint.Text), Signature.Span);

    private static bool TrySign(
        Checkpoint checkpoint, string signature, [NotNullWhen(true)] out SignedCheckpoint? signed, [NotNullWhen(false)] out string? problem)
    {
        bool valid = CanonicalBase64.TryDecode(signature, out byte[]? bytes) && bytes.Length > IdLength;
        signed = valid ? new SignedCheckpoint(checkpoint, bytes!) : null;
        problem = valid ? null : $"the signature '{signature}' is not canonical base64 of a key id and a signature";
        return valid;
    }

    private static string Base64Start(string text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '+' or '/' or '=')) length++;
        return text[..length];
    }
}
