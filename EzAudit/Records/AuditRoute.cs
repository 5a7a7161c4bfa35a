namespace EzAudit.Records;

/// <summary>Where the settings send the records of one function, whether audit is on or off.</summary>
/// <param name="Function">The function; <c>*</c> for every function without a line of its own.</param>
/// <param name="FileName">The line that applies: its value is the name of the log file.</param>
/// <param name="Targets">The targets, followed by the fallbacks.</param>
/// <param name="Settings">The settings that apply: durability, failure policy, format, permissions, time zone, rotation and so on.</param>
public sealed record AuditRoute(string Function, AuditSetting FileName, IReadOnlyList<AuditRouteTarget> Targets, IReadOnlyList<AuditSetting> Settings);

/// <summary>One target of an <see cref="AuditRoute"/>.</summary>
/// <param name="Name">NAME of its section <c>[Target-NAME]</c>; <c>file</c> is always there.</param>
/// <param name="Type">Its type: <c>file</c>, or one supplied by a plugin.</param>
/// <param name="Format">The name of the target's format.</param>
/// <param name="Path">The absolute path of the log file; <see langword="null"/> if the type is not <c>file</c>.</param>
/// <param name="IsFallback">Whether it receives only records that another target could not store.</param>
public sealed record AuditRouteTarget(string Name, string Type, string Format, string? Path, bool IsFallback);
