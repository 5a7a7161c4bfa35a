using System.Data.Common;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>What EF says of a reader when it has read its rows.</summary>
internal readonly record struct ReaderEnd(DbDataReader Reader, int RecordsAffected, TimeSpan Duration);
