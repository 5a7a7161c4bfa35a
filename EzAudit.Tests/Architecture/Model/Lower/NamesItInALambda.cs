using EzAudit.Tests.Architecture.Model.Upper;

namespace EzAudit.Tests.Architecture.Model.Lower;

/// <summary>Breaks the plan inside a lambda, for which the compiler generates a type.</summary>
internal static class NamesItInALambda
{
    public static Func<int, int> Add() => number => number + Roof.Height;
}
