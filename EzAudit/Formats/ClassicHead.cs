using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>A first line ready to be copied, for all records of one second with one address and actor. Immutable, so threads share it without a lock.</summary>
internal sealed record ClassicHead(long Second, string Address, AuditActor Actor, byte[] Bytes)
{
    /// <summary>Whether it is that of a record: told by the objects, which an application gives for many records.</summary>
    public bool Fits(long second, string address, AuditActor actor) =>
        Second == second && ReferenceEquals(Address, address) && ReferenceEquals(Actor, actor);
}
