using System.Collections;
using System.Net;
using System.Security.Claims;
using EzAudit.AspNetCore.Security;
using EzAudit.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.Tests.AspNetCore.Security;

/// <summary>A detail that throws while it is read is left out; the record and the response are not lost.</summary>
[TestClass]
public sealed class UnreadableDetailTests
{
    private const string Ids = "[RequestSettings]\nLevel=ids\n";

    [TestMethod]
    [DataRow("")]
    [DataRow("OnFailure=continue\n")]
    public async Task AForgedFormGetsA400AndIsRecorded(string policy)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings(policy + Ids, "web-access"),
            app =>
            {
                app.UseAntiforgery();
                app.MapPost("/form/{id}", ([FromForm] string name) => name);
            },
            builder => builder.Services.AddAntiforgery());
        using var form = new FormUrlEncodedContent([new("name", "x"), new("id", "9")]);
        Assert.AreEqual(HttpStatusCode.BadRequest, (await site.Client.PostAsync("/form/7", form)).StatusCode);
        AuditRecord record = site.Record("web-access");
        Assert.AreEqual("400 failure id=7", $"{record["Status"]} {record["Outcome"]} {record["ids"]}");
    }

    [TestMethod]
    [DataRow("a feature")]
    [DataRow("a claim")]
    [DataRow("a route value")]
    [DataRow("the session")]
    public async Task DetailsThatThrowAreLeftOut(string detail)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings(Ids + "[Function-web-access]\nExtraFields[]=session\n", "web-access"),
            app => app.MapGet("/orders/{number}", (HttpContext context) =>
            {
                if (detail == "a feature") context.Features.Set<IFormFeature>(new BrokenForm());
                if (detail == "a claim") context.User = new ClaimsPrincipal(new BrokenIdentity());
                if (detail == "a route value") context.Request.RouteValues["id"] = new BrokenValue();
                return "answer";
            }),
            builder =>
            {
                if (detail == "the session") builder.Services.Configure<AuditAspNetCoreOptions>(options => options.SessionId = _ => throw new InvalidOperationException());
            });
        Assert.AreEqual("answer", await site.Client.GetStringAsync("/orders/7?id=3"));
        AuditRecord record = site.Record("web-access");
        Assert.AreEqual("200", record["Status"]);
        Assert.Contains("id=3", record["ids"]!);
    }

    [TestMethod]
    [DataRow("/count")]
    [DataRow("/form")]
    public async Task AViewWhoseDetailsThrowIsAnsweredAndRecorded(string path)
    {
        await using WebSite site = await WebSite.StartAsync(
            WebSite.Settings("", "entity-search", "entity-view"),
            app =>
            {
                app.MapGet("/count", () => TypedResults.Ok(new BrokenCollection())).WithAuditSearch("Order");
                app.MapGet("/form", (HttpContext context) => context.Features.Set<IFormFeature>(new BrokenForm())).WithAuditView("Order");
            });
        Assert.AreEqual(HttpStatusCode.OK, (await site.Client.GetAsync(path)).StatusCode);
        site.Record(path == "/count" ? "entity-search" : "entity-view");
    }

    private sealed class BrokenForm : IFormFeature
    {
        public bool HasFormContentType => true;

        public IFormCollection? Form
        {
            get => throw new InvalidDataException("broken");
            set => throw new NotSupportedException();
        }

        public IFormCollection ReadForm() => throw new NotSupportedException();

        public Task<IFormCollection> ReadFormAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class BrokenIdentity : ClaimsIdentity
    {
        public override bool IsAuthenticated => true;

        public override string? Name => throw new ObjectDisposedException("handle");
    }

    private sealed class BrokenValue
    {
        public override string ToString() => throw new InvalidOperationException("broken");
    }

    private sealed class BrokenCollection : ICollection
    {
        public int Count => throw new InvalidOperationException("broken");

        public bool IsSynchronized => false;

        public object SyncRoot => this;

        public void CopyTo(Array array, int index) => throw new NotSupportedException();

        public IEnumerator GetEnumerator() => Array.Empty<int>().GetEnumerator();
    }
}
