using EzAudit.Tests.Architecture.Model.Upper;

namespace EzAudit.Tests.Architecture.Model.Lower;

/// <summary>Breaks the plan in a signature, as the argument of a generic type.</summary>
internal abstract class NamesItInASignature
{
    public abstract void Lay(IReadOnlyList<Tile[]> tiles);
}
