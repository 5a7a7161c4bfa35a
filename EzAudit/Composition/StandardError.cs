namespace EzAudit.Composition;

/// <summary>The last place to be heard, where no host gives a log: the one use of the console in a library.</summary>
internal static class StandardError
{
#pragma warning disable RS0030 // Banned everywhere else.
    public static Stream Open() => Console.OpenStandardError();
#pragma warning restore RS0030
}
