using EzAudit.Extensibility;
using EzAudit.Formats.Output;
using EzAudit.Records;
using EzAudit.Storage;

namespace EzAudit.Writing;

/// <summary>At startup, runs the code that records and failures will need later.</summary>
/// <remarks>
/// Code that first runs when memory or descriptors are exhausted may fail to load; and a type whose first use fails stays unusable for
/// the lifetime of the process, and with it every later record.
/// </remarks>
internal static class WarmUp
{
    private const int NoSpace = 28;

    private static readonly AuditField[] Sample =
    [
        ("Number", 7), ("Time", DateTimeOffset.UnixEpoch), ("List", new object[] { 1, "a" }), ("Password", "x"),
        ("Text", "é\n\u001b 4000 0000 0000 0002 {\"a\":1} https://a:b@c.example/?token=x Authorization: Bearer x"), ("Long", new string('x', 4096)),
    ];

    public static void Run(RouteTable table)
    {
        if (table.Routes.FirstOrDefault() is not { } route) return;
        try
        {
            Write(table, route);
        }
        catch (Exception)
        {
            // Not a reason to refuse to start: a failure here recurs with the first record, and is reported then.
        }
    }

    private static void Write(RouteTable table, Route route)
    {
        ReadOnlySpan<AuditField> fields = table.Sanitizer.Sanitize(Sample, out _, route.Redactor);
        var record = new AuditRecordView(route.Function, DateTimeOffset.UnixEpoch, table.Sanitizer.Sanitize(Sample[^1].Value), table.Anonymous, fields);
        foreach (IAuditFormat format in FormatsOf(table)) format.Write(record, new RecordBuffer());
        string error = Errno.NameOf(NoSpace);
        _ = WriteFailure.Of(route.Function.Name, AuditWriteStage.Write, new StorageException(AuditWriteStage.Write, "", NoSpace, error, Errno.MeaningOf(NoSpace)));
    }

    // A plugin's format may have side effects, so it must not receive a record that does not exist.
    private static IEnumerable<IAuditFormat> FormatsOf(RouteTable table) => table.Routes
        .SelectMany(route => route.Targets.Concat(route.Fallback))
        .Select(target => target.Format)
        .Distinct()
        .Where(format => format.GetType().Assembly == typeof(WarmUp).Assembly);
}
