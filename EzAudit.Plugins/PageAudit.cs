using EzAudit.Plugins.Definitions;
using EzAudit.Records;

namespace EzAudit.Plugins;

/// <summary>Records the use of pages: input, output and database queries.</summary>
/// <remarks>Each call returns and throws the same as <see cref="AuditTrail.WriteAudit(string, ReadOnlySpan{AuditField})"/>. Arguments left out are not written.</remarks>
public static class PageAudit
{
    /// <summary>The definition of <c>page-access</c>.</summary>
    public static AuditFunction AccessFunction => PageFunctions.Access;

    /// <summary>The definition of <c>page-input</c>.</summary>
    public static AuditFunction InputFunction => PageFunctions.Input;

    /// <summary>The definition of <c>page-output</c>.</summary>
    public static AuditFunction OutputFunction => PageFunctions.Output;

    /// <summary>The definition of <c>page-query</c>.</summary>
    public static AuditFunction QueryFunction => PageFunctions.Query;

    /// <summary>A page was opened.</summary>
    public static bool Access(string method, string path, string page, TimeSpan duration, int status) =>
        PageFunctions.Access.Write(method, path, page, duration, status);

    /// <summary>A page was called with parameters. Pass only those on an allow list.</summary>
    public static bool Input(string page, IEnumerable<string> parameters) =>
        PageFunctions.Input.Write(page, FieldValue.List(parameters));

    /// <summary>A page returned its result.</summary>
    public static bool Output(string page, long rows, long bytes) =>
        PageFunctions.Output.Write(page, rows, bytes);

    /// <summary>A page queried the database.</summary>
    public static bool Query(string query, IEnumerable<string> parameters, long rows, TimeSpan duration) =>
        PageFunctions.Query.Write(query, FieldValue.List(parameters), rows, duration);
}
