namespace EzAudit.Records;

/// <summary>Where the records of one function go by the settings, whether audit is enabled or not.</summary>
/// <param name="Function">The function; <c>*</c> for every function that is not named.</param>
/// <param name="FileName">The line that decides: its value is the name of the log file.</param>
/// <param name="Targets">Where records go, and behind them where they go when that fails.</param>
/// <param name="Settings">How they are written: durability, failure policy, format, permissions, time zone, rotation ...</param>
public sealed record AuditRoute(string Function, AuditSetting FileName, IReadOnlyList<AuditRouteTarget> Targets, IReadOnlyList<AuditSetting> Settings);
