using EzAudit.Records;

namespace EzAudit.Benchmarks.SideBySide;

/// <summary>A contender's place in the comparison: its name, what its calls promise, and how it is opened in a directory of its own.</summary>
/// <param name="Name">As the table says it.</param>
/// <param name="Level">What a call has done when it returns.</param>
/// <param name="Open">Opens it in a directory, for so many threads.</param>
/// <param name="IsQueued">Whether a call returns when the record is merely in memory.</param>
internal sealed record Entry(string Name, AuditDurability Level, Func<string, int, IContender> Open, bool IsQueued = false);
