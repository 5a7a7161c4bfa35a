using EzAudit.Sealing.Keys;
using EzAudit.Storage;
using EzAudit.Tests.Storage;

namespace EzAudit.Tests.Sealing.Keys;

/// <summary>A directory that fails the test if a key is deleted or replaced before it was overwritten with zeros.</summary>
internal sealed class DestroyingDirectory(ILogDirectory inner) : ForwardingDirectory(inner)
{
    public override void Delete(string name)
    {
        using (IReadFile? file = base.OpenRead(name))
        {
            byte[] bytes = new byte[KeyText.MaxLength];
            int length = file!.Read(bytes, 0);
            if (name.Contains(".key", StringComparison.Ordinal)) Assert.IsFalse(bytes.AsSpan(0, length).ContainsAnyExcept((byte)0), $"{name} was deleted with its content.");
        }
        base.Delete(name);
    }
}
