using EzAudit.Extensibility;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>What holds for every anchor: what it was given can be read back at its place, and verified.</summary>
public abstract class AnchorContract
{
    [TestMethod]
    public void EveryCheckpointArrivesAndVerifies()
    {
        AuditCheckpoint[] published = [.. new long[] { 1, 2, 20_852, long.MaxValue }.Select(SomeCheckpoints.Public)];
        using (IAuditAnchor anchor = Open())
        {
            foreach (AuditCheckpoint checkpoint in published) anchor.Publish(checkpoint);
            Assert.IsNull(anchor.Trouble);
        }

        IReadOnlyList<string> received = Received(published.Length);

        Assert.HasCount(published.Length, received);
        for (int i = 0; i < published.Length; i++)
        {
            SignedCheckpoint? read = null;
            bool isThere = TakesNotes ? SignedCheckpoint.TryParse(received[i], out read, out _) : SignedCheckpoint.TryParseLine(received[i], out read);
            Assert.IsTrue(isThere, received[i]);
            Assert.AreEqual(published[i].Note, read!.Note);
            Assert.IsTrue(read.IsSignedBy(SomeCheckpoints.Key));
        }
    }

    [TestMethod]
    public void TheSameCheckpointIsAcceptedTwice()
    {
        AuditCheckpoint checkpoint = SomeCheckpoints.Public(5);
        using (IAuditAnchor anchor = Open())
        {
            anchor.Publish(checkpoint);
            anchor.Publish(checkpoint);
        }

        IReadOnlyList<string> received = Received(2);

        Assert.HasCount(2, received);
        foreach (string text in received) Assert.Contains(TakesNotes ? checkpoint.Note : checkpoint.Line, text);
    }

    /// <summary>Whether the place receives notes, and not the form of one line.</summary>
    internal virtual bool TakesNotes => false;

    internal abstract IAuditAnchor Open();

    /// <summary>The checkpoints that the place has, as texts, once it has so many.</summary>
    internal abstract IReadOnlyList<string> Received(int count);
}
