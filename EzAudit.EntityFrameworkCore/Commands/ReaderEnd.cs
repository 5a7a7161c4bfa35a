using System.Data.Common;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>What EF reports about a reader after it has read the rows.</summary>
internal readonly record struct ReaderEnd(DbDataReader Reader, int RecordsAffected, TimeSpan Duration);
