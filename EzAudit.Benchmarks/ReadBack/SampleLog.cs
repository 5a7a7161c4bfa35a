using System.Globalization;
using System.Text;

namespace EzAudit.Benchmarks.ReadBack;

/// <summary>A log file like that of a busy site: 100 users, thirty days, records of 200 bytes. The same size always gives the same bytes.</summary>
internal static class SampleLog
{
    public const int Days = 30;

    private static readonly DateTime Start = new(2026, 11, 1, 0, 0, 0);
    private static readonly string[] Comments =
    [
        "Moved the node to the given node", "Removed the node by the administrator", "Published a version after review", "Changed the section of a subtree",
        "Hid the node until further notice", "Restored the object from the trash",
    ];

    /// <summary>The path of the file, which is generated if it does not exist.</summary>
    public static string Make(string directory, int mib)
    {
        string path = Path.Combine(directory, $"ezaudit-read-back-{mib}.log");
        if (File.Exists(path)) return path;
        string half = path + ".tmp";
        using (var file = new StreamWriter(half, append: false, new UTF8Encoding(false), 1 << 20)) Write(file, (long)mib << 20);
        File.Move(half, path);
        return path;
    }

    private static void Write(StreamWriter file, long size)
    {
        var random = new Random(4711);
        long written = 0;
        var text = new StringBuilder();
        while (written < size)
        {
            text.Clear();
            int user = random.Next(100);
            DateTime time = Start.AddSeconds(written / (double)size * Days * 86_400);
            text.Append(CultureInfo.InvariantCulture, $"[ {time:MMM dd yyyy HH:mm:ss} ] [10.0.{random.Next(4)}.{random.Next(250)}] [{(user == 16 ? "editor" : $"user{user}")}:{user}]\n");
            text.Append(CultureInfo.InvariantCulture, $"Node ID: {random.Next(100_000)}\nOld parent node ID: {random.Next(1000)}\nNew parent node ID: {random.Next(1000)}\n");
            text.Append(CultureInfo.InvariantCulture, $"Object ID: {random.Next(100_000)}\nContent Name: Folder {random.Next(1000)}\nComment: {Comments[random.Next(Comments.Length)]}\n\n");
            file.Write(text);
            written += text.Length;
        }
    }
}
