using EzAudit.Tests.Architecture.Model.Upper;

namespace EzAudit.Tests.Architecture.Model.Lower;

/// <summary>Breaks the plan in a signature, as a type argument.</summary>
internal abstract class NamesItInASignature
{
    public abstract void Lay(IReadOnlyList<Tile[]> tiles);
}
