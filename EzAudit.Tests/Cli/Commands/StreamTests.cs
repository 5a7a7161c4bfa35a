using EzAudit.Tests.Nats;

namespace EzAudit.Tests.Cli.Commands;

/// <summary><c>ezaudit stream</c>.</summary>
[TestClass]
public sealed class StreamTests
{
    [TestMethod]
    public void InitPrintsTheConfiguration()
    {
        using var site = new ToolSite();

        string configuration = site.Run("stream", "init", "--url", "nats://n1:4222", "--max-days", "30", "--max-gib", "10").Expect();

        StringAssert.Contains(configuration, "\"deny_delete\":true");
        StringAssert.Contains(configuration, "\"deny_purge\":true");
        StringAssert.Contains(configuration, "\"num_replicas\":3");
        StringAssert.Contains(configuration, "\"max_age\":2592000000000000");
        StringAssert.Contains(configuration, "\"max_bytes\":10737418240");
    }

    [TestMethod]
    public void InitCreatesTheStreamOnceAndStatusShowsIt()
    {
        using var server = new NatsServer(hasStream: false);
        using var site = new ToolSite();
        string url = server.Node.Url;
        site.Run("stream", "status", "--url", url).ExpectError($"{url}: there is no stream EZAUDIT; run \"ezaudit stream init --run\"");

        Assert.AreEqual(
            "The stream EZAUDIT keeps audit.> on 1 server; messages cannot be deleted from it.\n", site.Run("stream", "init", "--run", "--url", url, "--replicas", "1").Expect());
        Assert.AreEqual("The stream EZAUDIT is as it should be: nothing to do.\n", site.Run("stream", "init", "--run", "--url", url, "--replicas", "1").Expect());

        StreamRecords.SendAsync(server.Options, StreamRecords.Of("run", 1, 3)).GetAwaiter().GetResult();
        new Nats.StreamContent(server.Options).Read().Dispose();
        string status = site.Run("stream", "status", "--url", url, "--replicas", "1").Expect();
        StringAssert.StartsWith(status, "Stream: EZAUDIT\nMessages: 3, ");
        StringAssert.Contains(status, "Messages stay 7 days, collected or not\nRepeated messages are recognized for 2 minutes\n");
        StringAssert.EndsWith(status, ": 0 waiting, 0 being stored, 0 of them given out again\n");
    }

    [TestMethod]
    public void AMistakeIsNamed()
    {
        using var site = new ToolSite();

        site.Run("stream", "init", "--url", "n1").ExpectError("--url: expected servers such as nats://n1:4222,nats://n2:4222; passwords go into files");
        site.Run("stream", "init", "--url", "nats://n1", "--replicas", "9").ExpectError("--replicas: expected a number from 1 to 5");
        site.Run("stream", "init", "--url", "nats://n1", "--user", "owner").ExpectError("--user: expected together with --password-file");
        site.Run("stream", "status", "--url", "nats://127.0.0.1:1").ExpectError("nats://127.0.0.1:1: the server cannot be reached. Start it, or correct Url.");
    }
}
