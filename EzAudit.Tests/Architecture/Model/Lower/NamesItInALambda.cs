using EzAudit.Tests.Architecture.Model.Upper;

namespace EzAudit.Tests.Architecture.Model.Lower;

/// <summary>Breaks the plan inside a lambda, which the compiler puts into a type of its own.</summary>
internal static class NamesItInALambda
{
    public static Func<int, int> Add() => number => number + Roof.Height;
}
