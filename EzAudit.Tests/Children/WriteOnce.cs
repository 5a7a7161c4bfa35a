namespace EzAudit.Tests.Children;

/// <summary>Writes through the static API without any setup: FUNCTION [DIRECTORY]; the second time from another directory.</summary>
internal static class WriteOnce
{
    public static int Run(string[] args)
    {
        Console.WriteLine(AuditTrail.WriteAudit(args[0], ("User id", 14)));
        if (args.Length > 1)
        {
            Directory.SetCurrentDirectory(args[1]);
            Console.WriteLine(AuditTrail.WriteAudit(args[0], ("User id", 14)));
        }
        return 0;
    }
}
