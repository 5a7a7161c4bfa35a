using EzAudit.Tests.Architecture.Model.Lower;

namespace EzAudit.Tests.Architecture.Model.Upper;

/// <summary>Names the lower floor, as it may.</summary>
internal static class Gutter
{
    public static Cellar Below() => new();
}
