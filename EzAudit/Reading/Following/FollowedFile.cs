using EzAudit.Extensibility;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Records;
using EzAudit.Storage;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Following;

/// <summary>Reads a log file as it grows, even after it is renamed.</summary>
internal sealed class FollowedFile : IDisposable
{
    // The bytes before the current offset: if they change, the file was truncated and rewritten.
    private const int MarkLength = 64;

    // Two log files with the same first bytes of this length are the same file.
    private const int StartLength = 4096;

    private readonly LogMember _member;
    private readonly LogFileReader _file;
    private readonly PieceReader _pieces;
    private ProblemList _doubts = new();
    private long _known;
    private long _end;
    private byte[] _mark = [];

    /// <summary>Takes ownership of an opened file.</summary>
    /// <param name="member">The file.</param>
    /// <param name="identity">The identity of the file.</param>
    /// <param name="known">The end of the records that are already known; a record that ends after it is new.</param>
    public FollowedFile(LogMember member, FileIdentity identity, long known)
    {
        _member = member;
        _file = new LogFileReader(member.File.Path, member.Content, member.Window);
        _pieces = new PieceReader(_file, member.Format) { IsGrowing = !member.File.IsCompressed };
        _known = _end = known;
        Identity = identity;
        _pieces.Start(known == 0 ? 0 : member.FindStartBefore(known));
        Mark();
    }

    public FileIdentity Identity { get; }

    /// <summary>The problems found since the last call.</summary>
    public IReadOnlyList<AuditLogProblem> TakeProblems()
    {
        AuditLogProblem[] problems = [.. _pieces.Problems.Where(problem => problem.Offset + problem.Length > _known)];
        _pieces.Problems.Clear();
        IReadOnlyList<AuditLogProblem> doubts = _doubts.All;
        _doubts = new ProblemList();
        return [.. problems, .. doubts, .. new[] { _member.Failure }.OfType<AuditLogProblem>()];
    }

    /// <summary>The records written since the last call.</summary>
    /// <param name="test">Decides which records match.</param>
    /// <param name="isLast">Whether the file is complete: a torn tail is then a problem.</param>
    public IEnumerable<AuditFoundRecord> ReadOn(QueryMatcher test, bool isLast = false)
    {
        if (WasTruncated())
        {
            _known = 0;
            _pieces.Start();
        }
        if (isLast) _pieces.IsGrowing = false;
        var matcher = new RecordMatcher(test, _member.File);
        while (_pieces.TryNext(out AuditReadResult piece))
        {
            _end = _pieces.Offset + piece.Consumed;
            if (_end <= _known) continue;
            if (piece.Record is not { } record) continue;
            bool isMatch = matcher.IsMatch(JsonView.Of(record, isSound: true), out bool isInDoubt);
            if (isInDoubt) _doubts.AddDoubt(_member.File, _pieces.Offset);
            if (!isMatch) continue;
            yield return new AuditFoundRecord(
                _member.File, _pieces.Offset, _pieces.Bytes.ToArray(), record.Time, piece.Problem is not null, _member.Read);
        }
        Mark();
    }

    /// <summary>Whether a file is this one or its compressed copy.</summary>
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

    private bool WasTruncated()
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
