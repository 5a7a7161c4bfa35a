using System.Net;
using System.Net.Http.Headers;
using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EzAudit.Tests.AspNetCore.Views;

/// <summary>Records of downloads: who, what, and how much of it.</summary>
[TestClass]
public sealed class DownloadTests
{
    private const string Path = "/tickets/7/attachment";

    private static readonly byte[] Content = [.. Enumerable.Range(0, 100).Select(number => (byte)number)];

    [TestMethod]
    public async Task ADownloadHasNameAndBytes()
    {
        await using WebSite site = await StartAsync();
        CollectionAssert.AreEqual(Content, await site.Client.GetByteArrayAsync(Path));
        CollectionAssert.AreEqual(
            new AuditField[] { ("Entity type", "Ticket"), ("Entity ID", "7"), ("File name", "Übersicht.pdf"), ("Bytes", 100) },
            site.Record("entity-download").Fields.ToArray());
    }

    [TestMethod]
    public async Task AFileOnDiskIsSentAsItIs()
    {
        string file = System.IO.Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, Content);
        await using WebSite site = await StartAsync(app => app.MapGet("/files/{id}", () => Results.File(file, "text/plain", "notes \"1\".txt")).WithAuditDownload("Note"));
        CollectionAssert.AreEqual(Content, await site.Client.GetByteArrayAsync("/files/3"));
        AuditRecord record = site.Record("entity-download");
        Assert.AreEqual("notes \"1\".txt", record["File name"]);
        Assert.AreEqual("100", record["Bytes"]);
        File.Delete(file);
    }

    [TestMethod]
    public async Task EachRangeIsARecordWithItsOwnBytes()
    {
        await using WebSite site = await StartAsync();
        for (int part = 0; part < 10; part++)
        {
            HttpResponseMessage response = await GetAsync(site, headers => headers.Range = new RangeHeaderValue(part * 10, (part * 10) + 9));
            Assert.AreEqual(HttpStatusCode.PartialContent, response.StatusCode);
        }
        Assert.AreEqual(100, site.Records("entity-download", 10).Sum(record => int.Parse(record["Bytes"]!, null)));
    }

    [TestMethod]
    public async Task ARangeThatTheFileDoesNotHaveIsNoDownload()
    {
        await using WebSite site = await StartAsync();
        Assert.AreEqual(HttpStatusCode.RequestedRangeNotSatisfiable, (await GetAsync(site, headers => headers.Range = new RangeHeaderValue(500, 600))).StatusCode);
        await site.Client.GetAsync(Path);
        Assert.AreEqual("100", site.Record("entity-download")["Bytes"]);
    }

    [TestMethod]
    public async Task ACachedCopyIsADownloadOfNoBytes()
    {
        await using WebSite site = await StartAsync();
        Assert.AreEqual(HttpStatusCode.NotModified, (await GetAsync(site, headers => headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"v1\"")))).StatusCode);
        Assert.AreEqual("0", site.Record("entity-download")["Bytes"]);
    }

    [TestMethod]
    public async Task ADownloadThatTheReaderAbortsIsOneRecord()
    {
        var aborted = new TaskCompletionSource();
        await using WebSite site = await StartAsync(app => app.MapGet("/endless/{id}", async (HttpContext context) =>
        {
            context.AuditDownload("endless.bin");
            context.RequestAborted.Register(aborted.SetResult);
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[4096]);
        }).WithAuditDownload("Ticket"));
        using (HttpResponseMessage response = await site.Client.GetAsync("/endless/9", HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.AreEqual("endless.bin", site.Record("entity-download")["File name"]);
        }
        await aborted.Task;
        Assert.IsNull(site.Record("entity-download")["Bytes"]);
    }

    private static Task<HttpResponseMessage> GetAsync(WebSite site, Action<HttpRequestHeaders> set)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path);
        set(request.Headers);
        return site.Client.SendAsync(request);
    }

    private static Task<WebSite> StartAsync(Action<WebApplication>? map = null) => WebSite.StartAsync(WebSite.Settings("", "entity-download"), app =>
    {
        app.MapGet("/tickets/{id}/attachment", () =>
            Results.File(Content, "application/pdf", "Übersicht.pdf", enableRangeProcessing: true, entityTag: new("\"v1\""))).WithAuditDownload("Ticket");
        map?.Invoke(app);
    });
}
