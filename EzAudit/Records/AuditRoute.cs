namespace EzAudit.Records;

/// <summary>Where the records of one function go by the settings, whether audit is enabled or not.</summary>
/// <param name="Function">The function; <c>*</c> for every function that is not named.</param>
/// <param name="FileName">The line that decides: its value is the name of the log file.</param>
/// <param name="Targets">Where records go, and behind them where they go when that fails.</param>
/// <param name="Settings">How they are written: durability, failure policy, format, permissions, time zone, rotation ...</param>
public sealed record AuditRoute(string Function, AuditSetting FileName, IReadOnlyList<AuditRouteTarget> Targets, IReadOnlyList<AuditSetting> Settings);

/// <summary>One stop of an <see cref="AuditRoute"/>.</summary>
/// <param name="Name">NAME of its section <c>[Target-NAME]</c>; <c>file</c> is always there.</param>
/// <param name="Type">Its type: <c>file</c>, or one that a plugin brings.</param>
/// <param name="Format">The name of the format that records take there.</param>
/// <param name="Path">The path of the log file, absolute; <see langword="null"/> where the type is not <c>file</c>.</param>
/// <param name="IsFallback">Whether it is given only what another target could not take.</param>
public sealed record AuditRouteTarget(string Name, string Type, string Format, string? Path, bool IsFallback);
