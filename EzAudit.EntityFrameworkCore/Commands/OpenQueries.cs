using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace EzAudit.EntityFrameworkCore.Commands;

/// <summary>The queries of a context whose rows are being read, latest last. A row that becomes an object belongs to the latest query.</summary>
internal static class OpenQueries
{
    private static readonly ConditionalWeakTable<DbContext, List<OpenQuery>> Open = [];

    public static void Begin(DbContext context, OpenQuery query)
    {
        List<OpenQuery> queries = Open.GetOrCreateValue(context);
        // EF never disposes of a reader that failed to close.
        queries.RemoveAll(open => open.Reader.IsClosed);
        queries.Add(query);
    }

    public static OpenQuery? Find(DbContext context, DbDataReader reader) =>
        Open.TryGetValue(context, out List<OpenQuery>? queries) ? queries.FindLast(query => query.Reader == reader) : null;

    public static OpenQuery? Last(DbContext context) => Open.TryGetValue(context, out List<OpenQuery>? queries) && queries.Count > 0 ? queries[^1] : null;

    public static OpenQuery? End(DbContext context, DbDataReader reader)
    {
        if (!Open.TryGetValue(context, out List<OpenQuery>? queries)) return null;
        int at = queries.FindLastIndex(query => query.Reader == reader);
        if (at < 0) return null;
        OpenQuery ended = queries[at];
        queries.RemoveAt(at);
        return ended;
    }
}
