using EzAudit.Records;

namespace EzAudit.Formats;

/// <summary>A first line ready to be copied, for all records of one second with one address and actor. Immutable, so threads share it without a lock.</summary>
internal sealed record ClassicHead(long Second, string Address, AuditActor Actor, byte[] Bytes)
{
    /// <summary>Whether it is that of a record of this second: told by the objects, which an application gives for many records.</summary>
    public bool Fits(string address, AuditActor actor) => ReferenceEquals(Address, address) && ReferenceEquals(Actor, actor);
}
