using System.Globalization;
using EzAudit.Sealing.Anchors;
using EzAudit.Tests.Sealing.Anchors;

namespace EzAudit.Tests.Children;

/// <summary>Publishes checkpoints of the given sizes to standard output, and prints its own lines between them: SIZE ...</summary>
internal static class PublishToConsole
{
    public static int Run(string[] args)
    {
        using ConsoleAnchor anchor = ConsoleAnchor.Create();
        foreach (string size in args)
        {
            anchor.Publish(SomeCheckpoints.Public(long.Parse(size, CultureInfo.InvariantCulture)));
            Console.WriteLine("published " + size);
        }
        return 0;
    }
}
