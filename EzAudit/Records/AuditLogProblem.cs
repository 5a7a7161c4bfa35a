namespace EzAudit.Records;

/// <summary>Something wrong in a log file, with its place.</summary>
/// <param name="File">The path of the log file.</param>
/// <param name="Offset">The offset of its first byte, from 0.</param>
/// <param name="Length">How many bytes it covers.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Found">What stands there, for people: control characters escaped, cut short.</param>
public sealed record AuditLogProblem(string File, long Offset, long Length, AuditLogProblemKind Kind, string Found)
{
    /// <summary>Whether records may be missing from the answer, or in it, because of this: more than a write that was cut off.</summary>
    public bool LeavesDoubt => Kind is AuditLogProblemKind.Damage or AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction;

    /// <summary><c>FILE:@OFFSET: kind, N bytes: found ...</c>; without the place for what concerns the whole file.</summary>
    public override string ToString() => Kind is AuditLogProblemKind.Unread or AuditLogProblemKind.UnknownFunction
        ? $"{File}: {Found}"
        : $"{File}:@{Offset}: {Kind}, {Length} bytes: found {Found}";
}
