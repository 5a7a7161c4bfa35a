using EzAudit.Extensibility;
using EzAudit.Nats.Settings;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Nats;

/// <summary>The section of a target of the type <c>nats</c>.</summary>
[TestClass]
public sealed class StreamSettingsTests
{
    [TestMethod]
    public void WithoutAnythingButServersTheDefaultsHold()
    {
        AuditStreamOptions options = Read(("Url", "nats://n1:4222, tls://n2"));

        Assert.AreEqual(new AuditStreamOptions { Url = "nats://n1:4222, tls://n2" }, options);
        Assert.AreEqual(("EZAUDIT", "audit", 3), (options.Stream, options.Subject, options.Replicas));
    }

    [TestMethod]
    [DataRow("Url", "n1:4222", "Url: expected servers such as nats://n1:4222,nats://n2:4222; passwords go into files")]
    [DataRow("Url", "nats://shop:secret@n1", "Url: expected servers such as nats://n1:4222,nats://n2:4222; passwords go into files")]
    [DataRow("Url", "http://n1", "Url: expected servers such as nats://n1:4222,nats://n2:4222; passwords go into files")]
    [DataRow("Url", "", "Url: expected servers such as nats://n1:4222,nats://n2:4222; passwords go into files")]
    [DataRow("Stream", "a.b", "Stream: expected 1 to 100 letters, digits, - and _")]
    [DataRow("Subject", "audit.>", "Subject: expected letters, digits, - and _, with dots between them")]
    [DataRow("Replicas", "0", "Replicas: expected a number from 1 to 5")]
    [DataRow("Timeout", "0", "Timeout: expected a number from 1 to 600")]
    [DataRow("User", "shop", "PasswordFile: expected a file with the password of User")]
    public void AWrongValueIsRefused(string key, string value, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<AuditComponentSettingsException>(() => Read(("Url", "nats://n1"), (key, value))).Message);

    [TestMethod]
    public void AMissingFileIsNamed()
    {
        using var folder = new TempFolder();

        Assert.AreEqual(
            $"CaFile: expected a file; there is none at {folder["ca.pem"]}",
            Assert.ThrowsExactly<AuditComponentSettingsException>(() => Read(folder.Path, ("Url", "nats://n1"), ("CaFile", "ca.pem"))).Message);
    }

    private static AuditStreamOptions Read(params (string Key, string Value)[] values) => Read("/", values);

    private static AuditStreamOptions Read(string root, params (string Key, string Value)[] values)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (key, value) in values) texts[key] = value;
        return StreamSettings.Read(new AuditComponentSettings("stream", texts) { Root = root });
    }
}
