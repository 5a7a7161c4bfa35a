using System.Runtime.CompilerServices;
using EzAudit.Reading;
using EzAudit.Records;

namespace EzAudit;

/// <content>The end of a reading: problems are reported, and the reading is recorded.</content>
public sealed partial class AuditLogReader
{
    private void End(AuditQuery query, long count, IReadOnlyList<AuditLogProblem> problems, AuditReadOptions? options)
    {
        try
        {
            options?.Report(problems);
        }
        finally
        {
            Record(query, count);
        }
    }

    private async ValueTask EndAsync(AuditQuery query, long count, IReadOnlyList<AuditLogProblem> problems, AuditReadOptions? options)
    {
        try
        {
            options?.Report(problems);
        }
        finally
        {
            await RecordAsync(query, count).ConfigureAwait(false);
        }
    }

    private void Record(AuditQuery query, long count)
    {
        _writer?.WriteAudit(ReadingRecord.Function, ReadingRecord.Fields(_log, query, count));
        if (_builder is null) return;
        using AuditWriter writer = _builder.Build();
        writer.WriteAudit(ReadingRecord.Function, ReadingRecord.Fields(_log, query, count));
    }

    private async ValueTask RecordAsync(AuditQuery query, long count)
    {
        if (_writer is not null) await _writer.WriteAuditAsync(ReadingRecord.Function, ReadingRecord.Fields(_log, query, count)).ConfigureAwait(false);
        if (_builder is null) return;
        AuditWriter writer = _builder.Build();
        await using ConfiguredAsyncDisposable disposal = writer.ConfigureAwait(false);
        await writer.WriteAuditAsync(ReadingRecord.Function, ReadingRecord.Fields(_log, query, count)).ConfigureAwait(false);
    }
}
