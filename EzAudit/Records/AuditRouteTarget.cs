namespace EzAudit.Records;

/// <summary>One stop of an <see cref="AuditRoute"/>.</summary>
/// <param name="Name">NAME of its section <c>[Target-NAME]</c>; <c>file</c> is always there.</param>
/// <param name="Type">Its type: <c>file</c>, or one that a plugin brings.</param>
/// <param name="Format">The name of the format that records take there.</param>
/// <param name="Path">The path of the log file, absolute; <see langword="null"/> where the type is not <c>file</c>.</param>
/// <param name="IsFallback">Whether it is given only what another target could not take.</param>
public sealed record AuditRouteTarget(string Name, string Type, string Format, string? Path, bool IsFallback);
