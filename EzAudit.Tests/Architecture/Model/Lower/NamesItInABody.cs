using EzAudit.Tests.Architecture.Model.Upper;

namespace EzAudit.Tests.Architecture.Model.Lower;

/// <summary>Breaks the plan inside a method.</summary>
internal static class NamesItInABody
{
    public static int Double() => Roof.Height * 2;
}
