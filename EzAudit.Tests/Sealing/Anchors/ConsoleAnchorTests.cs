using EzAudit.Extensibility;
using EzAudit.Sealing.Anchors;
using EzAudit.Tests.Children;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>The anchor <c>console</c>.</summary>
[TestClass]
public sealed class ConsoleAnchorTests : AnchorContract, IDisposable
{
    private readonly MemoryStream _output = new();

    [TestMethod]
    public void TheLinesAreInTheStandardOutputOfTheProcess()
    {
        using ChildProcess child = ChildProcess.Start(nameof(PublishToConsole), "1", "2");

        var (exitCode, output, errors) = child.Finish();

        Assert.AreEqual(0, exitCode, errors);
        string[] lines = output.Split('\n');
        Assert.HasCount(5, lines);
        Assert.StartsWith("ezaudit-checkpoint example.com/audit 1 ", lines[0]);
        Assert.AreEqual("published 1", lines[1].TrimEnd());
        Assert.StartsWith("ezaudit-checkpoint example.com/audit 2 ", lines[2]);
    }

    public void Dispose() => _output.Dispose();

    internal override IAuditAnchor Open() => new ConsoleAnchor(_output);

    internal override IReadOnlyList<string> Received(int count) => System.Text.Encoding.UTF8.GetString(_output.ToArray()).Split('\n')[..^1];
}
