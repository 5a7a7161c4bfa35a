using System.Globalization;
using System.Text;

namespace EzAudit.Tests.Children;

/// <summary>What a naive logger does: appends COUNT lines to PATH through FileMode.Append.</summary>
internal static class AppendWithFileMode
{
    public static int Run(string[] args)
    {
        Console.WriteLine("ready");
        Console.ReadLine();
#pragma warning disable RS0030 // The fact about FileMode.Append is what is tested.
        using var file = new FileStream(args[0], FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
#pragma warning restore RS0030
        byte[] line = Encoding.ASCII.GetBytes(new string('x', 99) + "\n");
        for (int i = 0; i < int.Parse(args[1], CultureInfo.InvariantCulture); i++) file.Write(line);
        return 0;
    }
}
