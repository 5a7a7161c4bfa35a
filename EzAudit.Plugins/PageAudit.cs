using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Pages: what went in, what came out, what was asked of the database.</summary>
/// <remarks>Each call answers and throws as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. What is left out is not written.</remarks>
public static class PageAudit
{
    /// <summary>A page was opened.</summary>
    public static bool Access(string method, string path, string page, TimeSpan duration, int status) =>
        PageFunctions.Access.Write(method, path, page, duration, status);

    /// <summary>A page was called with parameters. Give those of a list of allowed ones.</summary>
    public static bool Input(string page, IEnumerable<string> parameters) =>
        PageFunctions.Input.Write(page, FieldValue.List(parameters));

    /// <summary>A page gave its result.</summary>
    public static bool Output(string page, long rows, long bytes) =>
        PageFunctions.Output.Write(page, rows, bytes);

    /// <summary>A page asked the database.</summary>
    public static bool Query(string query, IEnumerable<string> parameters, long rows, TimeSpan duration) =>
        PageFunctions.Query.Write(query, FieldValue.List(parameters), rows, duration);
}
