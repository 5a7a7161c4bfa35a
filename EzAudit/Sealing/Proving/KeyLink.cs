using EzAudit.Sealing.Notes;

namespace EzAudit.Sealing.Proving;

/// <summary>Leads from one key to the next: a <c>k</c> leaf in the tree of a checkpoint that the key before it signed.</summary>
internal sealed record KeyLink(ProofLeaf Key, SignedCheckpoint Checkpoint);
