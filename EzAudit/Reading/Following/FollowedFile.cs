using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Reading.Scanning;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Following;

/// <summary>A log file that is read on as it grows, wherever it is renamed to.</summary>
internal sealed class FollowedFile : IDisposable
{
    // Before the place that was read to: when they change, the file was cut short and written anew.
    private const int MarkLength = 64;

    // Two log files that begin alike for so long are the same.
    private const int StartLength = 4096;

    private readonly LogMember _member;
    private readonly LogFileReader _file;
    private readonly PieceReader _pieces;
    private ProblemList _doubts;
    private long _known;
    private long _end;
    private byte[] _mark = [];

    /// <summary>Takes over an opened file.</summary>
    /// <param name="member">The file.</param>
    /// <param name="identity">Which file it is.</param>
    /// <param name="known">How far its records are known already; one that ends behind that is new.</param>
    public FollowedFile(LogMember member, FileIdentity identity, long known)
    {
        _member = member;
        _doubts = new ProblemList(member.File.Path);
        _file = new LogFileReader(member.File.Path, member.Content, member.Window);
        _pieces = new PieceReader(_file, member.Format) { IsGrowing = !member.File.IsCompressed };
        _known = _end = known;
        Identity = identity;
        _pieces.Start(known == 0 ? 0 : LastRecord.Before(known, member));
        Mark();
    }

    public FileIdentity Identity { get; }

    /// <summary>What is wrong in what was read since it was last asked.</summary>
    public IReadOnlyList<AuditLogProblem> TakeProblems()
    {
        AuditLogProblem[] problems = [.. _pieces.Problems.Where(problem => problem.Offset + problem.Length > _known)];
        _pieces.Problems.Clear();
        AuditLogProblem? doubt = _doubts.Doubt;
        _doubts = new ProblemList(_member.File.Path);
        return [.. problems, .. new[] { doubt, _member.Failure }.OfType<AuditLogProblem>()];
    }

    /// <summary>The records that were written since the last call.</summary>
    /// <param name="test">Which of them are wanted.</param>
    /// <param name="isLast">Whether nothing more will be written to it: then what is torn at its end is a problem.</param>
    public IEnumerable<AuditFoundRecord> ReadOn(QueryMatcher test, bool isLast = false)
    {
        if (WasCut())
        {
            _known = 0;
            _pieces.Start();
        }
        if (isLast) _pieces.IsGrowing = false;
        FunctionTest functions = test.FunctionsOf(_member.File);
        while (_pieces.TryNext(out AuditReadResult piece))
        {
            _end = _pieces.Offset + piece.Consumed;
            if (_end <= _known) continue;
            if (piece.Record is not { } record) continue;
            Match match = test.Of(record, _member.File, functions);
            if (match == Match.Maybe) _doubts.AddDoubt(_member.File, _pieces.Offset);
            if (match == Match.No || (match == Match.Maybe && test.Query.OnlyCertain)) continue;
            yield return new AuditFoundRecord(
                _member.File, _pieces.Offset, _pieces.Bytes.ToArray(), record.Time, piece.Problem is not null, _member.Read);
        }
        Mark();
    }

    /// <summary>Whether a file is this one, or was made of it by compressing.</summary>
    public bool IsIn(LogMember other)
    {
        if (!other.File.IsCompressed) return other.Identity is { } identity && identity.IsSameFile(Identity);
        byte[] own = Start(_member);
        return own.Length > 0 && own.AsSpan().SequenceEqual(Start(other));
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Start(LogMember member)
    {
        byte[] bytes = new byte[StartLength];
        int count = 0;
        for (int read = 1; read > 0 && count < bytes.Length; count += read) read = member.Content.Read(bytes.AsSpan(count), count);
        return bytes[..count];
    }

    private bool WasCut()
    {
        if (_member.Plain is not { } plain || _mark.Length == 0) return false;
        byte[] found = new byte[_mark.Length];
        return plain.Read(found, _end - found.Length) < found.Length || !found.AsSpan().SequenceEqual(_mark);
    }

    private void Mark()
    {
        if (_member.Plain is not { } plain) return;
        byte[] mark = new byte[Math.Min(MarkLength, _end)];
        _mark = plain.Read(mark, _end - mark.Length) == mark.Length ? mark : [];
    }
}
