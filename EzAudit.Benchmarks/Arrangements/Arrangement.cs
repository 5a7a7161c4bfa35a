namespace EzAudit.Benchmarks.Arrangements;

/// <summary>A way of putting the records of one round on disk, with the calls of the operating system alone.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Drawback">What an audit trail would lose by it; empty when it loses nothing.</param>
/// <param name="Round">Writes and syncs once.</param>
internal sealed record Arrangement(string Name, string Drawback, Action Round);
