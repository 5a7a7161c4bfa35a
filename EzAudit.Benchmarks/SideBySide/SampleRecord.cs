namespace EzAudit.Benchmarks.SideBySide;

/// <summary>The record that every contender writes: its constant parts, and its files. Its number and its thread make it unique.</summary>
internal static class SampleRecord
{
    public const string Address = "127.0.0.1";
    public const string Login = "editor";
    public const string UserId = "16";
    public const int NewParent = 59;
    public const string ContentName = "Folder";
    public const string Comment = "Moved the node to the given node";
    public const string TimePattern = "MMM dd yyyy HH':'mm':'ss";
    public const int TimeLength = 20;

    private static readonly string[] Names =
    [
        "user-login", "user-failed-login", "content-delete", "content-move", "content-hide",
        "role-change", "role-assign", "section-assign", "state-assign", "order-delete",
    ];

    /// <summary>The functions; the index of a function is the index of its file.</summary>
    public static ReadOnlySpan<string> Functions => Names;

    public static ReadOnlySpan<byte> BeforeTime => "[ "u8;

    public static ReadOnlySpan<byte> BeforeNumber => " ] [127.0.0.1] [editor:16]\nNode ID: "u8;

    public static ReadOnlySpan<byte> BeforeThread => "\nOld parent node ID: "u8;

    public static ReadOnlySpan<byte> AfterThread => "\nNew parent node ID: 59\nContent Name: Folder\nComment: Moved the node to the given node\n\n"u8;

    /// <summary>Writes the record as an application does.</summary>
    public static void Write(AuditWriter writer, int file, int thread, int number) => writer.WriteAudit(
        Names[file],
        ("Node ID", number),
        ("Old parent node ID", thread),
        ("New parent node ID", NewParent),
        ("Content Name", ContentName),
        ("Comment", Comment));

    /// <summary>Round robin, with a different first file for each thread.</summary>
    public static int FileOf(int thread, int number) => (thread + number) % Names.Length;

    public static string FileName(int file) => Names[file] + ".log";

    /// <summary>The index of the file with this name, or with a rolled form of it.</summary>
    public static int FileOf(string fileName) => Array.FindIndex(Names, name => fileName.StartsWith(name, StringComparison.Ordinal));
}
