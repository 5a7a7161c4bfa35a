using EzAudit.Extensibility;
using EzAudit.Sealing.Anchors;
using EzAudit.Tests.Support;
using EzAudit.Writing;
using Microsoft.Extensions.Logging;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>The anchor <c>log</c>.</summary>
[TestClass]
public sealed class LogAnchorTests : AnchorContract, IDisposable
{
    private readonly FakeLoggerFactory _log = new();

    [TestMethod]
    public void ACheckpointIsInformation()
    {
        using IAuditAnchor anchor = Open();
        anchor.Publish(SomeCheckpoints.Public(1));

        Assert.AreEqual(LogLevel.Information, _log.Entries.Single().Level);
    }

    [TestMethod]
    public void ALogThatFailsIsAFailureOfTheAnchor()
    {
        using var anchor = new LogAnchor(new Diagnostics(new ThrowingLoggerFactory().CreateLogger("EzAudit")).TryInform);

        var failure = Assert.ThrowsExactly<IOException>(() => anchor.Publish(SomeCheckpoints.Public(1)));

        Assert.AreEqual("The application's log did not accept it.", failure.Message);
    }

    public void Dispose() => _log.Dispose();

    internal override IAuditAnchor Open() => new LogAnchor(new Diagnostics(_log.CreateLogger("EzAudit")).TryInform);

    internal override IReadOnlyList<string> Received(int count) => [.. _log.Messages];
}
