namespace EzAudit.Tests.Architecture.Model.Upper;

/// <summary>Is on the upper floor; a type of the lower floor that names it breaks the plan.</summary>
internal static class Roof
{
    public static int Height => 3;
}
