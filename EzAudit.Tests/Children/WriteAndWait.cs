using System.Globalization;

namespace EzAudit.Tests.Children;

/// <summary>Writes COUNT records of user-login through the static API, prints <c>written</c>, and waits for a line before it ends.</summary>
internal static class WriteAndWait
{
    public static int Run(string[] args)
    {
        for (int i = 0; i < int.Parse(args[0], CultureInfo.InvariantCulture); i++) AuditTrail.WriteAudit("user-login", ("Number", i));
        Console.WriteLine("written");
        Console.ReadLine();
        return 0;
    }
}
