namespace EzAudit.Benchmarks.Arrangements;

/// <summary>One way to put the records of a round on disk, using system calls alone.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Drawback">What an audit trail would lose by it; empty if nothing.</param>
/// <param name="Round">Writes and syncs one round.</param>
internal sealed record Arrangement(string Name, string Drawback, Action Round);
