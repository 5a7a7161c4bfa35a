using System.Globalization;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit tail</c>, as a process.</summary>
[TestClass]
public sealed class TailTests
{
    [TestMethod]
    public void TheLastRecordsOfAllFilesComeInOrder()
    {
        using ToolSite site = ToolSite.OfShop();

        string output = site.Run("tail", "-n", "2").Expect();

        StringAssert.StartsWith(output, "[ Nov 22 2026 14:00:05 ] [10.0.0.7] [editor:16]\nOrder ID: 7\n", StringComparison.Ordinal);
        StringAssert.Contains(output, "\n\n[ Nov 22 2026 14:10:00 ]", StringComparison.Ordinal);
    }

    [TestMethod]
    public void OneFunctionCanBeSelected()
    {
        using ToolSite site = ToolSite.OfShop();

        Assert.AreEqual(2, site.Run("tail", "--function", "user-login", "-o", "json").Lines.Length);
    }

    [TestMethod]
    public void APipeCannotBeFollowed()
    {
        using var site = new ToolSite();

        site.RunWith("", "tail", "-f", "-").ExpectError("-f: cannot follow standard input; name files or a root, or use \"ezaudit search -\" to read a pipe to its end");
    }

    [TestMethod]
    [Timeout(60_000)]
    public void FollowingItShowsWhatIsWrittenAndStopsOnControlC()
    {
        Needs.Programs("kill");
        using ToolSite site = ToolSite.OfShop();
        using ChildProcess tool = site.Start("tail", "-f", "-n", "1", "-o", "json", "--function", "order-delete");

        StringAssert.Contains(tool.ReadLine(), "[\"Order ID\",\"7\"]", StringComparison.Ordinal);
        site.Log("order_delete.log", "[ Nov 23 2026 10:00:00 ] [10.0.0.7] [editor:16]\nOrder ID: 8\n\n");
        StringAssert.Contains(tool.ReadLine(), "[\"Order ID\",\"8\"]", StringComparison.Ordinal);
        using (ChildProcess kill = ChildProcess.StartProgram("kill", "-INT", tool.Id.ToString(CultureInfo.InvariantCulture))) kill.Finish();

        (int exitCode, string output, string errors) = tool.Finish();
        Assert.AreEqual(130, exitCode, errors);
        Assert.AreEqual("", output + errors);
    }

    [TestMethod]
    [Timeout(120_000)]
    public void FollowingItThroughRotationShowsEachRecordOnceInTheOrderOfItsWriter()
    {
        const int Count = 300;
        using var site = new ToolSite(ToolSite.Enabled + """
            [FunctionDefaults]
            Durability=os
            [RotationSettings]
            MaxFileSize=10KiB

            """);
        using ChildProcess tool = site.Start("tail", "-f", "-n", "0", "-o", "json", "--function", "order-delete");
        using ChildProcess one = ChildProcess.Start(nameof(AppendRecords), site.Root.Path, "order-delete", "a", $"{Count}", "60");
        using ChildProcess two = ChildProcess.Start(nameof(AppendRecords), site.Root.Path, "order-delete", "b", $"{Count}", "60");
        one.ReadLine();
        two.ReadLine();
        // The tool follows the file once it has shown the first record.
        int first = 0;
        string? line;
        using (AuditWriter writer = new AuditWriterBuilder(site.Root.Path).Build())
        {
            Task<string> reading = Task.Run(tool.ReadLine);
            do writer.WriteAudit("order-delete", ("First", first++));
            while (!reading.Wait(100));
            line = reading.Result;
        }
        one.Input.WriteLine();
        two.Input.WriteLine();

        var seen = new List<string>();
        for (int left = (2 * Count) + first; ; left--)
        {
            if (!line.Contains("[\"First\"", StringComparison.Ordinal)) seen.Add(line[line.IndexOf("\"fields\"", StringComparison.Ordinal)..line.IndexOf(",[\"Padding\"", StringComparison.Ordinal)]);
            if (left == 1) break;
            line = tool.ReadLine();
        }

        foreach (string name in new[] { "a", "b" })
        {
            CollectionAssert.AreEqual(
                Enumerable.Range(0, Count).Select(number => $"\"fields\":[[\"Writer\",\"{name}\"],[\"Number\",\"{number}\"]").ToArray(),
                seen.Where(text => text.Contains($"[\"Writer\",\"{name}\"]", StringComparison.Ordinal)).ToArray());
        }
        Assert.IsGreaterThan(3, Directory.GetFiles(site.Root["var/log/audit"]).Length);
    }
}
