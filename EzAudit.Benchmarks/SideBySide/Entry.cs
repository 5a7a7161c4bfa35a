using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>A contender in the comparison: its name, what its calls promise, and how to open it in a directory of its own.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Level">How durable a record is when the call returns.</param>
/// <param name="Open">Opens it in a directory for a number of threads.</param>
/// <param name="IsQueued">Whether a call returns as soon as the record is in memory.</param>
internal sealed record Entry(string Name, AuditDurability Level, Func<string, int, IContender> Open, bool IsQueued = false);
