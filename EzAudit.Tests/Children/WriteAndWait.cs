using System.Globalization;

namespace EzAudit.Tests.Children;

/// <summary>Writes so many records of user-login by way of the static door, says <c>written</c>, and waits to be told to end: COUNT.</summary>
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
