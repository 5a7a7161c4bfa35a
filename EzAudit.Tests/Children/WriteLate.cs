namespace EzAudit.Tests.Children;

/// <summary>Writes a record, and another one in a handler of the process's end that is added behind the first: FUNCTION.</summary>
internal static class WriteLate
{
    public static int Run(string[] args)
    {
        AuditTrail.WriteAudit(args[0], ("User id", 1));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(AuditTrail.WriteAudit(args[0], ("User id", 2)));
        return 0;
    }
}
