using EzAudit.Extensibility;
using EzAudit.Formats.InPlace;
using EzAudit.Formats.Json;
using EzAudit.Reading.Files;
using EzAudit.Reading.Matching;
using EzAudit.Storage.Content;

namespace EzAudit.Reading.Scanning;

/// <summary>Reads a file of a plugin's format from its start: the format alone tells where pieces end, and each record is viewed as json would write it.</summary>
/// <param name="member">The file.</param>
/// <param name="size">How many bytes are read for one part.</param>
internal sealed class FormatParts(LogMember member, int size)
{
    private readonly PieceReader _pieces = new(new LogFileReader(member.File.Path, member.Content, member.Window), member.Format);

    /// <summary>Passes the pieces of each part to its own sink, when the part is requested.</summary>
    public IEnumerable<T> Read<T>(Func<T> create, CancellationToken cancellation) where T : IPieceSink
    {
        _pieces.Start();
        while (_pieces.TryNext(out AuditReadResult piece))
        {
            T sink = create();
            long end = _pieces.Offset + size;
            do
            {
                cancellation.ThrowIfCancellationRequested();
                RecordView view = piece.Record is { } record ? JsonView.Of(record, isSound: piece.Problem is null) : default;
                sink.Take(_pieces.Bytes, new RecordPiece(piece.Consumed, piece.Problem, piece.Record is not null), view, _pieces.Offset);
            }
            while (_pieces.Offset < end && _pieces.TryNext(out piece));
            _pieces.Problems.Clear();
            yield return sink;
        }
    }
}
