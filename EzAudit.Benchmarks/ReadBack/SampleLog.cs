using System.Globalization;
using System.Text;

namespace EzAudit.Benchmarks.ReadBack;

/// <summary>A log file like that of a busy site: 100 users, thirty days, records of 200 bytes, or 400 in json. The same size always gives the same bytes.</summary>
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
    public static string Make(string directory, int mib, string format)
    {
        string path = Path.Combine(directory, $"ezaudit-read-back-{mib}.{(format == "json" ? "json" : "log")}");
        if (File.Exists(path)) return path;
        string half = path + ".tmp";
        using (var file = new StreamWriter(half, append: false, new UTF8Encoding(false), 1 << 20)) Write(file, (long)mib << 20, format == "json");
        File.Move(half, path);
        return path;
    }

    private static void Write(StreamWriter file, long size, bool isJson)
    {
        var random = new Random(4711);
        long written = 0;
        var text = new StringBuilder();
        while (written < size)
        {
            text.Clear();
            int user = random.Next(100);
            string login = user == 16 ? "editor" : $"user{user}";
            DateTime time = Start.AddSeconds(written / (double)size * Days * 86_400);
            string address = $"10.0.{random.Next(4)}.{random.Next(250)}";
            if (isJson) text.Append(CultureInfo.InvariantCulture, $"{{\"time\":\"{time:yyyy-MM-ddTHH:mm:ss.fffffff}Z\",\"function\":\"content-move\",\"address\":\"{address}\",\"actor\":{{\"login\":\"{login}\",\"id\":\"{user}\"}},\"fields\":[[\"");
            else text.Append(CultureInfo.InvariantCulture, $"[ {time:MMM dd yyyy HH:mm:ss} ] [{address}] [{login}:{user}]\n");
            (string colon, string lineEnd, string end) = isJson ? ("\",\"", "\"],[\"", "\"]]}\n") : (": ", "\n", "\n\n");
            text.Append(CultureInfo.InvariantCulture, $"Node ID{colon}{random.Next(100_000)}{lineEnd}Old parent node ID{colon}{random.Next(1000)}{lineEnd}New parent node ID{colon}{random.Next(1000)}{lineEnd}");
            text.Append(CultureInfo.InvariantCulture, $"Object ID{colon}{random.Next(100_000)}{lineEnd}Content Name{colon}Folder {random.Next(1000)}{lineEnd}Comment{colon}{Comments[random.Next(Comments.Length)]}{end}");
            file.Write(text);
            written += text.Length;
        }
    }
}
