namespace EzAudit.Tests.Architecture.Model.Upper;

/// <summary>Stands on the upper floor; whoever of the lower floor names it breaks the plan.</summary>
internal static class Roof
{
    public static int Height => 3;
}
