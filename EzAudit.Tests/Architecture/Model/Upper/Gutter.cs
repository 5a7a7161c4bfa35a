using EzAudit.Tests.Architecture.Model.Lower;

namespace EzAudit.Tests.Architecture.Model.Upper;

/// <summary>Names the lower floor, which is allowed.</summary>
internal static class Gutter
{
    public static Cellar Below() => new();
}
