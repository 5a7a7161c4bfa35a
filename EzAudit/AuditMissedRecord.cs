using EzAudit.Records;

namespace EzAudit;

/// <summary>A record of a batch that could not be written as its settings demand.</summary>
/// <param name="Place">Its place in the batch, from 0.</param>
/// <param name="Record">The record.</param>
/// <param name="Failure">Why, and whether it may be stored all the same.</param>
public sealed record AuditMissedRecord(int Place, AuditRecord Record, AuditWriteException Failure);
