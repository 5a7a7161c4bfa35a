using System.Globalization;
using System.Text;

namespace EzAudit.Tests.Children;

/// <summary>A naive logger: appends COUNT lines to PATH with FileMode.Append.</summary>
internal static class AppendWithFileMode
{
    public static int Run(string[] args)
    {
        Console.WriteLine("ready");
        Console.ReadLine();
#pragma warning disable RS0030 // The test is about FileMode.Append.
        using var file = new FileStream(args[0], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
#pragma warning restore RS0030
        byte[] line = Encoding.ASCII.GetBytes(new string('x', 99) + "\n");
        for (int i = 0; i < int.Parse(args[1], CultureInfo.InvariantCulture); i++) file.Write(line);
        return 0;
    }
}
