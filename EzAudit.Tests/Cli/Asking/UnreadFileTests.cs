using System.IO.Compression;
using System.Text;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Cli.Asking;

/// <summary>Entries of a log directory that are not files or cannot be read are named, and delay nothing.</summary>
[TestClass]
public sealed class UnreadFileTests
{
    private const string NoFile = "not read: found a pipe, a device or a socket, or a link to one or to nothing, expected a file";

    [TestMethod, Timeout(60_000)]
    [DataRow("login.log.2026-11-22.1", null)]
    [DataRow("login.log-20261128", null)]
    [DataRow("login.log.2026-11-22.1", "/dev/stdout")]
    [DataRow("login.log.2026-11-22.1", "/dev/zero")]
    [DataRow("login.log.2026-11-22.1", "/nowhere")]
    public void NonFilesAreNamedAndTheRestIsRead(string name, string? target)
    {
        Needs.Programs("mkfifo");
        using ToolSite site = ToolSite.OfShop();
        string path = site.Root[$"var/log/audit/{name}"];
        if (target is null) ChildProcess.StartProgram("mkfifo", path).Finish();
        else File.CreateSymbolicLink(path, target);

        foreach (string[] question in (string[][])[["search", "--count"], ["tail"], ["report", "-o", "csv"], ["export"], ["show", "Order ID=7"]])
        {
            ToolRun run = site.Run(question);
            Assert.AreEqual(2, question[0] == "show" || run.Output.Length > 0 ? run.ExitCode : -1, run.Errors);
            StringAssert.Contains(run.Errors, $"{path}: {NoFile}\n", StringComparison.Ordinal);
        }
        Assert.AreEqual("5\n", site.Run("search", "--count").Output);
    }

    [TestMethod, Timeout(60_000)]
    public void APipeInPlaceOfALogFileIsNamed()
    {
        Needs.Programs("mkfifo");
        using ToolSite site = ToolSite.OfShop();
        File.Delete(site.Root["var/log/audit/login.log"]);
        ChildProcess.StartProgram("mkfifo", site.Root["var/log/audit/login.log"]).Finish();

        Assert.AreEqual("3\n", site.Run("search", "--count").Output);
        Assert.AreEqual(2, site.Run("search", "--function", "user-login").ExitCode);
        site.Run("search", "--function", "order-delete").Expect();
    }

    [TestMethod]
    public void ALinkToALogFileIsRead()
    {
        using ToolSite site = ToolSite.OfShop();
        File.Move(site.Root["var/log/audit/login.log"], site.Root["elsewhere.log"]);
        File.CreateSymbolicLink(site.Root["var/log/audit/login.log"], site.Root["elsewhere.log"]);

        Assert.AreEqual("2\n", site.Run("search", "--count", "--function", "user-login").Expect());
    }

    [TestMethod]
    [DataRow("login.log-20261128")]
    [DataRow("login.log-20261128.gz")]
    [DataRow("login.log-2026-11-28-1764300000")]
    [DataRow("login-20261128.log")]
    [DataRow("login-20261128.log.gz")]
    [DataRow("login.log.0")]
    [DataRow("login.log.1")]
    [DataRow("login.log.1.gz")]
    [DataRow("login.1.log")]
    [DataRow("login.log.2026-11-22")]
    public void FilesThatOtherToolsRotatedAreRead(string name)
    {
        using ToolSite site = ToolSite.OfShop();
        string path = site.Root[$"var/log/audit/{name}"];
        byte[] text = Encoding.UTF8.GetBytes("[ Nov 20 2026 09:00:00 ] [10.0.0.7] [anonymous:10]\nUser id: 16\nUser login: rotated\n\n");
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(text) : text);

        Assert.AreEqual("3\n", site.Run("search", "--count", "--function", "user-login").Expect());
        StringAssert.Contains(site.Run("search", "-n", "1", "--function", "user-login").Expect(), "rotated", StringComparison.Ordinal);
        Assert.AreEqual("1\n", site.Run("search", "--count", "--function", "user-login", path).Expect());
    }

    [TestMethod]
    [DataRow("login.log.1.xz", "xz", "fd377a585a0000")]
    [DataRow("login.log-20261128.zst", "zstd", "28b52ffd2400")]
    [DataRow("login.log.2.bz2", "bzip2", "425a68393141")]
    [DataRow("login.log.2026-11-22.1", "xz", "fd377a585a0000")]
    public void FilesCompressedInAnotherWayAreNamed(string name, string kind, string start)
    {
        using ToolSite site = ToolSite.OfShop();
        string path = site.Root[$"var/log/audit/{name}"];
        File.WriteAllBytes(path, Convert.FromHexString(start));

        ToolRun run = site.Run("search", "--count");
        Assert.AreEqual("5\n", run.Output);
        Assert.AreEqual(2, run.ExitCode);
        StringAssert.StartsWith(run.Errors, $"ezaudit: {path}: not read: found data compressed by {kind}, expected plain text or gzip; ", StringComparison.Ordinal);
        Assert.AreEqual(2, site.Run("search", path).ExitCode);
        site.Run("search", "--count", "--function", "order-delete").Expect();
    }

    [TestMethod]
    [DataRow("login.log.lock")]
    [DataRow("login.log.bak")]
    [DataRow("login.logs-1")]
    [DataRow("login2-20261128.log")]
    public void OtherFilesAreNotMistakenForRotatedOnes(string name)
    {
        using ToolSite site = ToolSite.OfShop();
        site.Root.Write($"var/log/audit/{name}", "anything");

        Assert.AreEqual("5\n", site.Run("search", "--count").Expect());
    }

    [TestMethod]
    public void AFormatThatCannotBeReadBackIsNamedWhereNoOtherFileHasTheRecords()
    {
        using var site = new ToolSite(ToolSite.Enabled + "[Function-user-login]\nFormat=ecs\n");
        site.Run("write", "user-login", "User login=good").Expect();

        ToolRun run = site.Run("report", "logins");
        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, "login.log: not read: its format cannot be read back, and its functions have no other file\n", StringComparison.Ordinal);
        Assert.AreEqual("0\n", site.Run("search", "--count", "--function", "order-delete").Expect(1));
    }

    [TestMethod]
    public void ATruncatedFileEndsASearchWith2()
    {
        using ToolSite site = ToolSite.OfShop();
        byte[] whole = Gzip(Encoding.UTF8.GetBytes("[ Nov 20 2026 09:00:00 ] [10.0.0.7] [anonymous:10]\nUser id: 16\n\n"));
        File.WriteAllBytes(site.Root["var/log/audit/login.log.2026-11-22.1.gz"], whole[..^4]);

        ToolRun run = site.Run("search", "--count");
        Assert.AreEqual("6\n", run.Output);
        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, "login.log.2026-11-22.1.gz:@", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ControlCharactersOfForeignFilesReachNoPipe()
    {
        using ToolSite site = ToolSite.OfShop();
        site.Log("login.log", "[ Nov 22 2026 23:00:00 ] [10.0.0.7] [anonymous:10]\nUser login: \u001b[2Jx\u0007\u009b1m\u007fé\n\n");

        StringAssert.Contains(site.Run("search", "-r", "-n", "1").Output, "User login: \\u{1b}[2Jx\\u{7}\\u{9b}1m\\u{7f}é\n", StringComparison.Ordinal);
        foreach (string form in (string[])["csv", "json", "table"])
            Assert.IsFalse(site.Run("search", "-o", form).Output.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), form);
        Assert.IsFalse(site.Run("report", "objects", "--object", "User login", "-o", "csv").Output.Contains('\u001b', StringComparison.Ordinal));
    }

    private static byte[] Gzip(byte[] text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal)) gzip.Write(text);
        return stream.ToArray();
    }
}
