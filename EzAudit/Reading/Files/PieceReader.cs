using System.Text;
using EzAudit.Extensibility;
using EzAudit.Formats.Classic;
using EzAudit.Records;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Files;

/// <summary>Reads a log file piece by piece, whatever its format: records, and what is wrong. Memory is bounded by the longest piece.</summary>
internal sealed class PieceReader(LogFileReader file, IAuditFormat format)
{
    private const int MaxFoundBytes = 80;

    private bool _isInDamage;
    private bool _isWaiting;

    /// <summary>
    /// Whether the file is still written: what stands at its end without an end of its own is no piece yet, and the next call
    /// looks whether there is more.
    /// </summary>
    public bool IsGrowing { get; set; }

    /// <summary>What was found wrong so far.</summary>
    public List<AuditLogProblem> Problems { get; } = [];

    /// <summary>Where the last piece begins.</summary>
    public long Offset { get; private set; }

    /// <summary>The bytes of the last piece; valid until the next one.</summary>
    public ReadOnlySpan<byte> Bytes => file.Bytes[.._piece.Consumed];

    private AuditReadResult _piece;

    /// <summary>Begins anew at a place where a piece begins, with no problems.</summary>
    public void Start(long offset = 0)
    {
        file.Rewind(offset);
        Problems.Clear();
        _isInDamage = false;
        _isWaiting = false;
        _piece = default;
    }

    /// <summary>Goes on to the next piece; false at the end of the file.</summary>
    public bool TryNext(out AuditReadResult piece)
    {
        file.Skip(_piece.Consumed);
        _piece = Next();
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
                // A format that can make nothing of the rest must not stop the reading for ever.
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
        // A piece too large for memory has no tail that anybody has seen.
        if (kind == AuditLogProblemKind.TornTail && !file.IsAtEnd) kind = AuditLogProblemKind.Damage;
        _isInDamage = kind == AuditLogProblemKind.Damage && piece.Record is null;
        // Long damage comes in pieces; who follows the file may have taken the first ones away.
        if (wasInDamage && _isInDamage && Problems.Count > 0) Problems[^1] = Problems[^1] with { Length = Problems[^1].Length + piece.Consumed };
        else Problems.Add(new AuditLogProblem(file.Path, file.Offset, piece.Consumed, kind, Found(Bytes)));
    }

    /// <summary>What stands at a place, for people.</summary>
    public static string Found(ReadOnlySpan<byte> bytes)
    {
        bool isCut = bytes.Length > MaxFoundBytes;
        string text = ClassicText.Visible(Encoding.UTF8.GetString(isCut ? bytes[..MaxFoundBytes] : bytes));
        return isCut ? text + "..." : text;
    }
}
