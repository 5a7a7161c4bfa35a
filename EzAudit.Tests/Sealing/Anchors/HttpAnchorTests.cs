using EzAudit.Extensibility;
using EzAudit.Sealing.Anchors;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>The anchor <c>http</c>.</summary>
[TestClass]
public sealed class HttpAnchorTests : AnchorContract, IDisposable
{
    private readonly CheckpointServer _server = new();
    private readonly TempFolder _root = new();

    internal override bool TakesNotes => true;

    [TestMethod]
    public void TheNoteIsPostedAsPlainText()
    {
        using IAuditAnchor anchor = Open();
        anchor.Publish(SomeCheckpoints.Public(1));

        var request = _server.Requests.Single();
        Assert.AreEqual(("POST", "text/plain; charset=utf-8"), (request.Method, request.Type));
    }

    [TestMethod]
    [DataRow(201)]
    [DataRow(204)]
    public void EveryStatusOfSuccessWillDo(int status)
    {
        _server.Status = status;
        using IAuditAnchor anchor = Open();

        anchor.Publish(SomeCheckpoints.Public(1));

        Assert.HasCount(1, _server.Requests);
    }

    [TestMethod]
    [DataRow(302)]
    [DataRow(401)]
    [DataRow(500)]
    public void AnyOtherStatusIsAFailure(int status)
    {
        _server.Status = status;
        using IAuditAnchor anchor = Open();

        var failure = Assert.ThrowsExactly<HttpRequestException>(() => anchor.Publish(SomeCheckpoints.Public(1)));

        Assert.AreEqual($"{_server.Url}: the server answered {status}. It must answer 2xx.", failure.Message);
        Assert.HasCount(1, _server.Requests);
    }

    [TestMethod]
    public void AServerThatDoesNotAnswerInTimeIsAFailure()
    {
        _server.Hangs = true;
        using IAuditAnchor anchor = Open();

        var failure = Assert.ThrowsExactly<TimeoutException>(() => anchor.Publish(SomeCheckpoints.Public(1)));

        Assert.AreEqual($"{_server.Url}: the server did not answer within 1 s.", failure.Message);
    }

    [TestMethod]
    public void AServerThatIsNotThereIsAFailure()
    {
        using IAuditAnchor anchor = Open();
        _server.Dispose();

        Assert.ThrowsExactly<HttpRequestException>(() => anchor.Publish(SomeCheckpoints.Public(1)));
    }

    [TestMethod]
    public void AHeaderHasTheValueThatItsFileHasNow()
    {
        _root.Write("settings/token", "Bearer one\n");
        using IAuditAnchor anchor = HttpAnchor.Create(Settings([], ("Authorization", "settings/token")));
        anchor.Publish(SomeCheckpoints.Public(1));
        _root.Write("settings/token", "Bearer two");
        anchor.Publish(SomeCheckpoints.Public(2));

        CollectionAssert.AreEqual(new[] { "Bearer one", "Bearer two" }, _server.Requests.Select(request => request.Headers.Authorization.ToString()).ToArray());
    }

    [TestMethod]
    [DataRow("Url", "", "an address such as https://example.com/checkpoints, without user and password")]
    [DataRow("Url", "example.com", "an address such as https://example.com/checkpoints, without user and password")]
    [DataRow("Url", "ftp://example.com/a", "an address such as https://example.com/checkpoints, without user and password")]
    [DataRow("Url", "https://a:b@example.com/a", "an address such as https://example.com/checkpoints, without user and password")]
    [DataRow("Timeout", "0s", "a time from 1s to 1m, such as 10s")]
    [DataRow("Timeout", "2m", "a time from 1s to 1m, such as 10s")]
    [DataRow("Timeout", "10", "a time from 1s to 1m, such as 10s")]
    [DataRow("HeaderFiles", "token", "an array: HeaderFiles[NAME]=FILE")]
    public void AValueThatDoesNotFitIsRefused(string key, string value, string expected)
    {
        var failure = Assert.ThrowsExactly<AuditComponentSettingsException>(() => HttpAnchor.Create(Settings([(key, value)])));

        Assert.AreEqual((key, expected), (failure.Key, failure.Expected));
    }

    [TestMethod]
    [DataRow("Authorization", "missing")]
    [DataRow("Authorization", "empty")]
    [DataRow("Authorization", "lines")]
    [DataRow("Authorization", "long")]
    [DataRow("Authorization", "binary")]
    public void AFileWithoutTheValueOfAHeaderIsRefused(string header, string file)
    {
        _root.Write("empty", "\n");
        _root.Write("lines", "a\nb\n");
        _root.Write("long", new string('a', 8193));
        _root.Write("binary", "a\0b");

        var failure = Assert.ThrowsExactly<AuditComponentSettingsException>(() => HttpAnchor.Create(Settings([], (header, file))));

        Assert.AreEqual(("HeaderFiles", header), (failure.Key, failure.Entry));
        Assert.StartsWith("a file that contains the value of the header; ", failure.Expected);
    }

    [TestMethod]
    [DataRow("Content-Type")]
    [DataRow("a b")]
    public void AHeaderThatRequestsDoNotHaveIsRefused(string header)
    {
        _root.Write("token", "x");

        var failure = Assert.ThrowsExactly<AuditComponentSettingsException>(() => HttpAnchor.Create(Settings([], (header, "token"))));

        Assert.AreEqual("the name of a header of HTTP requests", failure.Expected);
    }

    public void Dispose()
    {
        _server.Dispose();
        _root.Dispose();
    }

    internal override IAuditAnchor Open() => HttpAnchor.Create(Settings([]));

    internal override IReadOnlyList<string> Received(int count) => [.. _server.Requests.Select(request => request.Body)];

    private AuditComponentSettings Settings((string Key, string Value)[] texts, params (string Name, string File)[] headers)
    {
        var all = new Dictionary<string, string> { ["Url"] = _server.Url.ToString(), ["Timeout"] = "1s" };
        foreach (var (key, value) in texts) all[key] = value;
        return new AuditComponentSettings(
            "a",
            all,
            new Dictionary<string, IReadOnlyList<string>> { ["HeaderFiles"] = [.. headers.Select(header => header.File)] },
            new Dictionary<string, IReadOnlyDictionary<string, string>> { ["HeaderFiles"] = headers.ToDictionary(header => header.Name, header => header.File) })
        {
            Root = _root.Path,
        };
    }
}
