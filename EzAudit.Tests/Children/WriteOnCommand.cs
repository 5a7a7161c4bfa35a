using System.Globalization;
using System.Text;
using EzAudit.Tests.Support;
using Microsoft.Win32.SafeHandles;

namespace EzAudit.Tests.Children;

/// <summary>
/// Builds a writer on ROOT, prints <c>ready</c> and obeys lines: <c>write FUNCTION ID SIZE</c> answers with what happened to the record,
/// <c>exhaust</c> opens files until no descriptor is left, <c>release</c> closes them.
/// </summary>
internal static class WriteOnCommand
{
    public static int Run(string[] args)
    {
        using Stream output = Console.OpenStandardOutput();
        AuditWriter writer;
        try
        {
            writer = new AuditWriterBuilder(args[0]).Build();
        }
        catch (AuditSettingsException refused)
        {
            Say(output, $"refused {refused.Message}");
            return 2;
        }
        var hoard = new List<SafeFileHandle>();
        Say(output, "ready");
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            if (words[0] == "write") Say(output, Write(writer, words[1], words[2], int.Parse(words[3], CultureInfo.InvariantCulture)));
            else if (words[0] == "exhaust") Say(output, Exhaust(hoard));
            else Say(output, Release(hoard));
        }
        writer.Dispose();
        return 0;
    }

    private static string Write(AuditWriter writer, string function, string id, int size)
    {
        try
        {
            return NumberedRecord.Write(writer, function, id, size) ? "stored" : "no";
        }
        catch (AuditWriteException failure)
        {
            return $"failed {failure.Stage} {failure.ErrnoName ?? "-"} {failure.MayBeStored} {failure.Message}";
        }
        catch (Exception failure)
        {
            return $"unexpected {failure}";
        }
    }

    private static string Exhaust(List<SafeFileHandle> hoard)
    {
        try
        {
            while (true) hoard.Add(File.OpenHandle("/dev/null"));
        }
        catch (IOException)
        {
            return "exhausted";
        }
    }

    private static string Release(List<SafeFileHandle> hoard)
    {
        foreach (SafeFileHandle handle in hoard) handle.Dispose();
        hoard.Clear();
        return "released";
    }

    private static void Say(Stream output, string line) => output.Write(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n"));
}
