namespace EzAudit.Tests.Children;

/// <summary>Writes to PATH with a FileStream and syncs it as .NET does; prints <c>synced</c>, or the exception.</summary>
internal static class FlushFileStream
{
    public static int Run(string[] args)
    {
        using var file = new FileStream(args[0], FileMode.Create, FileAccess.Write);
        file.Write("a record\n"u8);
        try
        {
#pragma warning disable RS0030 // The test is about Flush(true).
            file.Flush(flushToDisk: true);
#pragma warning restore RS0030
            Console.WriteLine("synced");
        }
        catch (Exception failure)
        {
            Console.WriteLine(failure.GetType().Name);
        }
        return 0;
    }
}
