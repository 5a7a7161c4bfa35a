using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EzAudit.Records;

namespace EzAudit.Tests.Newsroom;

/// <summary>The API of the site: who calls it, what callers read and change, and what is refused.</summary>
[TestClass]
public sealed class ApiTests
{
    private static NewsroomSite s_site = null!;

    [ClassInitialize]
    public static void Start(TestContext _) => s_site = new NewsroomSite();

    [ClassCleanup]
    public static void Stop() => s_site?.Dispose();

    [TestMethod]
    public async Task BasicAuthenticationIsASignInAndWhatIsReadIsAView()
    {
        using HttpClient client = ClientOf("editor", NewsroomSite.EditorPassword);

        Assert.AreEqual(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/articles/125", UriKind.Relative))).StatusCode);

        AuditRecord login = s_site.Only("user-login-api-basic", record => record["User login"] == "editor");
        Assert.AreEqual("16", login["User id"]);
        AuditRecord view = s_site.Only("entity-view", record => record["Entity ID"] == "125");
        Assert.AreEqual("editor", view.Actor.Login);
        Assert.AreEqual("article", view["Entity type"]);
    }

    [TestMethod]
    public async Task ABearerTokenIsASignInThroughItsClient()
    {
        using HttpClient client = Client();
        using HttpResponseMessage answer = await client.PostAsJsonAsync(
            "/api/token", new { login = "reader", password = NewsroomSite.ReaderPassword, client = "reader-app" });
        using JsonDocument token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("access_token").GetString());

        Assert.AreEqual(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/articles", UriKind.Relative))).StatusCode);

        AuditRecord login = s_site.Only("user-login-api-oauth", record => record["Client id"] == "reader-app");
        Assert.AreEqual("17", login["User id"]);
        Assert.AreEqual("api", login["Scope"]);
    }

    [TestMethod]
    public async Task WrongCredentialsAreRefusedByEachScheme()
    {
        using HttpClient basic = ClientOf("editor", "Not-the-password-1");
        using HttpClient key = Client();
        key.DefaultRequestHeaders.Add("X-Api-Key", "nr-000000");
        using HttpClient bearer = Client();
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "not.a.token");

        foreach (HttpClient client in new[] { basic, key, bearer })
            Assert.AreEqual(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/api/articles/59", UriKind.Relative))).StatusCode);

        Assert.AreEqual("editor", s_site.Only("user-failed-login-api", record => record["Scheme"] == "Basic")["User login"]);
        s_site.Only("user-failed-login-api", record => record["Scheme"] == "ApiKey" && record["Path"] == "/api/articles/59");
        s_site.Only("user-failed-login-oauth", record => record["Path"] == "/api/articles/59");
        Assert.IsFalse(s_site.Records("entity-view").Any(record => record["Entity ID"] == "59"));
    }

    [TestMethod]
    public async Task AForbiddenCallIsRecordedWithThePermissionItNeeds()
    {
        using HttpClient client = ClientOf("reader", NewsroomSite.ReaderPassword);

        Assert.AreEqual(HttpStatusCode.Forbidden, (await client.DeleteAsync(new Uri("/api/orders/1", UriKind.Relative))).StatusCode);

        AuditRecord denied = s_site.Only("access-denied-api", record => record["Path"] == "/api/orders/1");
        Assert.AreEqual("DELETE", denied["Method"]);
        Assert.AreEqual("403", denied["Status"]);
        StringAssert.Contains(denied["Required policy"], "orders.manage", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task IdsInABodyAreTheQueryOfASearch()
    {
        using HttpClient client = ClientOf("admin", NewsroomSite.AdminPassword);
        using var ids = new FormUrlEncodedContent([new("id", "124"), new("id", "61")]);

        using HttpResponseMessage answer = await client.PostAsync(new Uri("/api/articles/find", UriKind.Relative), ids);

        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode);
        AuditRecord search = s_site.Only("entity-search", record => record.Actor.Login == "admin");
        StringAssert.Contains(search["Query"], "124", StringComparison.Ordinal);
        StringAssert.Contains(search["Query"], "61", StringComparison.Ordinal);
        Assert.AreEqual("2", search["Result count"]);
    }

    [TestMethod]
    public async Task ChangesByAProgramAreRecordedAsInABrowser()
    {
        using HttpClient client = ClientOf("editor", NewsroomSite.EditorPassword);
        using HttpResponseMessage created = await client.PostAsJsonAsync("/api/articles", new { parentId = 60, name = "By a program", text = "Text." });
        using JsonDocument article = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        long node = article.RootElement.GetProperty("nodeId").GetInt64();

        using HttpResponseMessage moved = await client.PostAsync(new Uri($"/api/articles/{node}/move?to=59", UriKind.Relative), null);
        using HttpResponseMessage removed = await client.DeleteAsync(new Uri($"/api/articles/{node}", UriKind.Relative));

        Assert.AreEqual(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.AreEqual(HttpStatusCode.NoContent, removed.StatusCode);
        s_site.Only("content-create", record => record["Content Name"] == "By a program");
        Assert.AreEqual("59", s_site.Only("content-move", record => record["Node ID"] == $"{node}")["New parent node ID"]);
        Assert.AreEqual("editor", s_site.Only("content-delete", record => record["Node ID"] == $"{node}").Actor.Login);
        AuditRecord row = s_site.Only("record-delete", record => record["Table"] == "Nodes" && record["#Id"] == $"{node}");
        Assert.AreEqual("editor", row.Actor.Login);
        Assert.AreEqual("59", row["ParentId old"]);
    }

    [TestMethod]
    public async Task AKeyIsCreatedUsedRevokedAndRefused()
    {
        NewsroomBrowser browser = await NewsroomBrowser.SharedAsync();
        await using Visitor reader = await browser.VisitAsync(s_site);
        await reader.SignInAsync("reader", NewsroomSite.ReaderPassword);
        await reader.GoAsync("/Me/Keys");
        await reader.FillAsync("Name of a new key", "laptop");
        await reader.PressAsync("Create key");
        using HttpClient client = Client();
        client.DefaultRequestHeaders.Add("X-Api-Key", await reader.TextAsync("#new-key"));

        using HttpResponseMessage good = await client.GetAsync(new Uri("/api/articles/61", UriKind.Relative));
        await reader.PressAsync("Revoke laptop");
        using HttpResponseMessage refused = await client.GetAsync(new Uri("/api/articles/60", UriKind.Relative));

        Assert.AreEqual(HttpStatusCode.OK, good.StatusCode);
        Assert.AreEqual(HttpStatusCode.Unauthorized, refused.StatusCode);
        (string, object?)[] key = [("Key id", 1), ("Key name", "laptop"), ("User id", 17), ("User login", "reader")];
        s_site.Only("api-key-create", [.. key, ("Scope", "api")]);
        s_site.Only("user-login-api-key", ("User id", 17), ("User login", "reader"), ("Key id", 1), ("Method", "GET"), ("Path", "/api/articles/61"));
        s_site.Only("api-key-revoke", [.. key, ("Reason", "revoked by its owner")]);
        s_site.Only("user-failed-login-api", record => record["Path"] == "/api/articles/60");
    }

    [TestMethod]
    public async Task ACallIsOneRecordOfWhoAskedForWhichIds()
    {
        using HttpClient client = ClientOf("editor", NewsroomSite.EditorPassword);
        using var ids = new FormUrlEncodedContent([new("id", "60"), new("comment", "not-for-the-record")]);

        using HttpResponseMessage _ = await client.PostAsync(new Uri("/api/articles/find?order=name", UriKind.Relative), ids);

        AuditRecord access = s_site.Only("web-access", record => record["Path"] == "/api/articles/find" && record.Actor.Login == "editor");
        Assert.AreEqual("POST", access["Method"]);
        Assert.AreEqual("id=60", access["ids"]);
        Assert.IsFalse(s_site.Records().Any(record => record.ToString().Contains("not-for-the-record", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task AChangedRowIsRecordedWithOldAndNewValues()
    {
        using HttpClient client = ClientOf("editor", NewsroomSite.EditorPassword);
        using HttpResponseMessage created = await client.PostAsJsonAsync("/api/articles", new { parentId = 60, name = "A row", text = "Text." });
        using JsonDocument article = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
        string node = article.RootElement.GetProperty("nodeId").GetRawText();

        using HttpResponseMessage _ = await client.PostAsync(new Uri($"/api/articles/{node}/move?to=61", UriKind.Relative), null);

        AuditRecord update = s_site.Only("record-update", record => record["Table"] == "Nodes" && record["#Id"] == node);
        Assert.AreEqual("editor", update.Actor.Login);
        Assert.AreEqual("60", update["ParentId old"]);
        Assert.AreEqual("61", update["ParentId new"]);
        s_site.Only("record-insert", record => record["Table"] == "Articles" && record["Name new"] == "A row");
    }

    private static HttpClient Client() => new() { BaseAddress = s_site.Address };

    private static HttpClient ClientOf(string login, string password)
    {
        HttpClient client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login}:{password}")));
        return client;
    }
}
