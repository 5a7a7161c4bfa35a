using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>Reads a log file of any format piece by piece, and reports records and problems. Memory is bounded by the longest piece.</summary>
internal sealed class PieceReader(LogFileReader file, IAuditFormat format)
{
    private const int MaxFoundBytes = 80;

    private bool _isInDamage;
    private bool _isWaiting;

    /// <summary>
    /// Whether the file is still being written: an unterminated tail is not yet a piece, and the next call checks
    /// whether it has grown.
    /// </summary>
    public bool IsGrowing { get; set; }

    /// <summary>The problems found so far.</summary>
    public List<AuditLogProblem> Problems { get; } = [];

    /// <summary>The offset at which the last piece begins.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes of the last piece; valid until the next one.</summary>
    public ReadOnlySpan<byte> Bytes => file.Bytes[.._piece.Consumed];

    private AuditReadResult _piece;

    /// <summary>Restarts at the offset of a piece, with no problems.</summary>
    public void Start(long offset = 0)
    {
        file.Rewind(offset);
        Problems.Clear();
        _isInDamage = false;
        _isWaiting = false;
        _piece = default;
    }

    /// <summary>Advances to the next piece; false at the end of the file.</summary>
    public bool TryNext(out AuditReadResult piece)
    {
        file.Skip(_piece.Consumed);
        _piece = Next();
        // The tail of a piece that is too large for memory was never read.
        if (_piece.Problem == AuditLogProblemKind.TornTail && !file.IsAtEnd) _piece = AuditReadResult.OfProblem(AuditLogProblemKind.Damage, _piece.Consumed);
        Offset = file.Offset;
        piece = _piece;
        if (piece.Consumed == 0) return false;
        Report(piece);
        return true;
    }

    // Nothing consumed at the end of the file.
    private AuditReadResult Next()
    {
        if (_isWaiting) file.Fill();
        _isWaiting = false;
        while (true)
        {
            int length = file.Bytes.Length;
            bool isOpen = IsGrowing && file.IsAtEnd;
            if (length > 0)
            {
                AuditReadResult piece = format.Read(file.Bytes, file.IsWhole && !isOpen);
                if (piece.Consumed > 0) return piece;
                // A format that cannot parse the rest must not keep the reader from finishing.
                if (file.IsWhole && !isOpen) return AuditReadResult.OfProblem(AuditLogProblemKind.Damage, length);
            }
            if (isOpen || (length == 0 && file.IsAtEnd))
            {
                _isWaiting = isOpen;
                return default;
            }
            file.Fill();
        }
    }

    private void Report(AuditReadResult piece)
    {
        bool wasInDamage = _isInDamage;
        _isInDamage = false;
        if (piece.Problem is not { } kind) return;
        _isInDamage = kind == AuditLogProblemKind.Damage && piece.Record is null;
        // Long damage is reported in pieces; a follower may already have taken the first ones.
        if (wasInDamage && _isInDamage && Problems.Count > 0) Problems[^1] = Problems[^1] with { Length = Problems[^1].Length + piece.Consumed };
        else Problems.Add(new AuditLogProblem(file.Path, file.Offset, piece.Consumed, kind, Found(Bytes)));
    }

    /// <summary>The bytes at an offset, readable for people.</summary>
    public static string Found(ReadOnlySpan<byte> bytes)
    {
        bool isCut = bytes.Length > MaxFoundBytes;
        string text = ClassicText.Visible(Encoding.UTF8.GetString(isCut ? bytes[..MaxFoundBytes] : bytes));
        return isCut ? text + "..." : text;
    }
}
