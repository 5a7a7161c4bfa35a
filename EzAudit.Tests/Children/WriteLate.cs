namespace EzAudit.Tests.Children;

/// <summary>Writes a record, and another one in a ProcessExit handler that is added after the first: FUNCTION.</summary>
internal static class WriteLate
{
    public static int Run(string[] args)
    {
        AuditTrail.WriteAudit(args[0], ("User id", 1));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(AuditTrail.WriteAudit(args[0], ("User id", 2)));
        return 0;
    }
}
