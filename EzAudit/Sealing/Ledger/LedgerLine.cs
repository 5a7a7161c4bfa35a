using System.Text.Unicode;
using EzAudit.Sealing.Tree;

namespace EzAudit.Sealing.Ledger;

/// <summary>A leaf of the ledger, parsed in place and strictly: whatever another program could read differently is refused.</summary>
internal ref struct LedgerLine
{
    /// <summary>The most bytes that a line may have, with its line feed.</summary>
    public const int MaxLength = 8192;

    /// <summary>The number of characters of a salt in base64, and of hyphens in place of a dropped one.</summary>
    public const int SaltLength = 24;

    private const int InstanceLength = 8;

    private static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef"u8);

    private static readonly System.Buffers.SearchValues<byte> DroppedSalt =
        System.Buffers.SearchValues.Create("-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    private FieldReader _reader;
    private int _saltAt;

    /// <summary>The whole line, with its line feed.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    public LeafKind Kind { get; private init; }

    /// <summary>The index of the leaf in the tree.</summary>
    public long Seq { get; private set; }

    /// <summary>Microseconds since 1970, UTC.</summary>
    public long Time { get; private set; }

    /// <summary>The number of the log file; 0 for leaves that concern none.</summary>
    public long FileId { get; private set; }

    /// <summary>Where the extent starts; the base of <c>f</c>; the expected length of <c>x</c>.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes of the extent or of the torn line; the actual length of <c>x</c>.</summary>
    public long Length { get; private set; }

    /// <summary>The records of an extent or <c>d</c>; the mark of <c>f</c>; the size of the last checkpoint before <c>x</c>; the epoch of <c>k</c>; the process id of <c>s</c>.</summary>
    public long Count { get; private set; }

    /// <summary>The salt in base64, or hyphens if it was dropped.</summary>
    public readonly ReadOnlySpan<byte> Salt => Bytes.Slice(_saltAt, SaltLength);

    /// <summary>The digest of an extent or of a torn line.</summary>
    public TreeHash Digest { get; private set; }

    /// <summary>The leaf whose extent an erasure replaced.</summary>
    public long Target { get; private set; }

    /// <summary>The order of an erasure.</summary>
    public long Order { get; private set; }

    /// <summary>The instance of a writer.</summary>
    public ReadOnlySpan<byte> Instance { get; private set; }

    /// <summary>The text at the end: a name, reason, order, key, digest of settings, or host.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>Whether this leaf vouches for the bytes of an extent, attested or not.</summary>
    public readonly bool IsExtent => Kind is LeafKind.Records or LeafKind.Adopted or LeafKind.Torn or LeafKind.Erased;

    /// <summary>Whether the salt was overwritten, so that the digest can no longer be checked or guessed.</summary>
    public readonly bool IsSaltDropped => Salt.Contains((byte)'-');

    /// <summary>The end of the extent.</summary>
    public readonly long End => Offset + Length;

    /// <summary>The hash of the leaf in the tree, which does not depend on the salt.</summary>
    public readonly TreeHash Hash()
    {
        if (!IsExtent) return TreeHash.OfLeaf(Bytes);
        Span<byte> line = stackalloc byte[Bytes.Length - SaltLength + 1];
        Bytes[.._saltAt].CopyTo(line);
        line[_saltAt] = (byte)'-';
        Bytes[(_saltAt + SaltLength)..].CopyTo(line[(_saltAt + 1)..]);
        return TreeHash.OfLeaf(line);
    }

    /// <summary>The 16 bytes of the salt.</summary>
    public readonly void CopySalt(Span<byte> salt) => System.Buffers.Text.Base64.DecodeFromUtf8(Salt, salt, out _, out _);

    /// <param name="bytes">One line, with its line feed.</param>
    /// <param name="line">The leaf.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LedgerLine line)
    {
        line = default;
        if (bytes.Length is < 4 or > MaxLength || bytes[^1] != (byte)'\n' || !Enum.IsDefined((LeafKind)bytes[0])) return false;
        line = new LedgerLine { Bytes = bytes, Kind = (LeafKind)bytes[0], _reader = new FieldReader(bytes[..^1]) };
        return line._reader.TryField(out ReadOnlySpan<byte> kind) && kind.Length == 1 && line.TryParse() && line._reader.IsAtEnd;
    }

    private bool TryParse()
    {
        bool isNumbered = _reader.TryNumber(out long seq) & _reader.TryNumber(out long time);
        (Seq, Time) = (seq, time);
        return isNumbered && Kind switch
        {
            LeafKind.Genesis or LeafKind.Settings => TryToken(),
            LeafKind.Started => TryInstance() && TryCount() && TryText(),
            LeafKind.Stopped => TryInstance(),
            LeafKind.File => TryFile() && TryOffset() && TryCount() && TryText(),
            LeafKind.Records or LeafKind.Adopted or LeafKind.Torn => TryExtent(),
            LeafKind.Erased => TryExtent() && TryTarget(),
            LeafKind.Order => TryText(),
            LeafKind.Renamed or LeafKind.Removed => TryFile() && TryText(),
            LeafKind.Dropped => TryFile(mayBeNone: true) && TryCount() && TryText(),
            LeafKind.Shortened => TryFile() && TryOffset() && TryLength() && TryCount(),
            LeafKind.NextKey => TryCount() && TryToken(),
            LeafKind.TornLine => TryLength() && TryDigest(),
            _ => true,
        };
    }

    private bool TryExtent() =>
        TryFile() && TryOffset() && TryLength() && Length > 0 && long.MaxValue - Length >= Offset
        && TryCount() && TrySalt() && TryDigest();

    private bool TryFile(bool mayBeNone = false)
    {
        bool isRead = _reader.TryNumber(out long file);
        FileId = file;
        return isRead && (file > 0 || mayBeNone);
    }

    private bool TryOffset()
    {
        bool isRead = _reader.TryNumber(out long offset);
        Offset = offset;
        return isRead;
    }

    private bool TryLength()
    {
        bool isRead = _reader.TryNumber(out long length);
        Length = length;
        return isRead;
    }

    private bool TryCount()
    {
        bool isRead = _reader.TryNumber(out long count);
        Count = count;
        return isRead;
    }

    private bool TryTarget()
    {
        bool isRead = _reader.TryNumber(out long target) & _reader.TryNumber(out long order);
        (Target, Order) = (target, order);
        return isRead;
    }

    private bool TrySalt()
    {
        _saltAt = _reader.Position;
        if (!_reader.TryField(out ReadOnlySpan<byte> salt) || salt.Length != SaltLength) return false;
        // A power cut can leave the hyphens half written.
        return salt.Contains((byte)'-') ? !salt.ContainsAnyExcept(DroppedSalt) : IsCanonical(salt);
    }

    private bool TryDigest()
    {
        bool isRead = _reader.TryField(out ReadOnlySpan<byte> text) & TreeHash.TryParse(text, out TreeHash digest);
        Digest = digest;
        return isRead;
    }

    private bool TryInstance()
    {
        bool isRead = _reader.TryField(out ReadOnlySpan<byte> instance);
        Instance = instance;
        return isRead && instance.Length == InstanceLength && !instance.ContainsAnyExcept(HexDigits);
    }

    private bool TryToken()
    {
        bool isRead = _reader.TryField(out ReadOnlySpan<byte> text);
        Text = text;
        return isRead && IsPrintable(text);
    }

    private bool TryText()
    {
        Text = _reader.Rest();
        return IsPrintable(Text);
    }

    private static bool IsPrintable(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyInRange((byte)0, (byte)0x1f) && !text.Contains((byte)0x7f) && Utf8.IsValid(text);

    private static bool IsCanonical(ReadOnlySpan<byte> salt)
    {
        Span<byte> bytes = stackalloc byte[16];
        return CanonicalBase64.TryDecodeExactly(salt, bytes);
    }
}
