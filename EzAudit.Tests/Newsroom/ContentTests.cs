using System.Globalization;

namespace EzAudit.Tests.Newsroom;

/// <summary>What editors do to the content tree in a browser: eZ Publish's functions and further ones.</summary>
[TestClass]
public sealed class ContentTests
{
    private static NewsroomSite s_site = null!;
    private static NewsroomBrowser s_browser = null!;

    [ClassInitialize]
    public static async Task Start(TestContext _)
    {
        s_browser = await NewsroomBrowser.SharedAsync();
        s_site = new NewsroomSite();
    }

    [ClassCleanup]
    public static void Stop() => s_site?.Dispose();

    [TestMethod]
    public async Task AnArticleIsCreatedEditedAndPublished()
    {
        await using Visitor editor = await EditorAsync();
        (long node, long article) = await CreateAsync(editor, "Strike at the harbour");

        await editor.GoAsync($"/Content/Edit/{node}");
        await editor.FillAsync("Title", "Strike at the harbour ends");
        await editor.PressAsync("Save");
        await ArrangeAsync(editor, node, "Publish");

        string name = "Strike at the harbour ends";
        s_site.Only("content-create", ("Object ID", article), ("Parent node ID", 60), ("Content Name", "Strike at the harbour"), ("Comment", "Created the object"));
        s_site.Only("content-edit", ("Object ID", article), ("Version", 2), ("Content Name", name), ("Comment", "Edited the object"));
        s_site.Only("content-publish", ("Object ID", article), ("Version", 2), ("Content Name", name), ("Comment", "Published the version"));
    }

    [TestMethod]
    public async Task AMoveIsOnRecordWithTheEditorAndTheAddress()
    {
        await using Visitor editor = await EditorAsync();
        (long node, long article) = await CreateAsync(editor, "Folder");

        await ArrangeAsync(editor, node, "Move", page => page.Page.SelectOptionAsync("#move-to", "59"));

        var record = s_site.Only(
            "content-move", ("Node ID", node), ("Old parent node ID", 60), ("New parent node ID", 59), ("Object ID", article), ("Content Name", "Folder"),
            ("Comment", "Moved the node to the given node"));
        Assert.AreEqual("editor", record.Actor.Login);
        Assert.AreEqual("16", record.Actor.Id);
        Assert.AreEqual("127.0.0.1", record.Address);
        Assert.IsNotEmpty(record.Trace!);
    }

    [TestMethod]
    public async Task ARefusedOperationLeavesNoRecord()
    {
        await using Visitor editor = await EditorAsync();
        (long node, _) = await CreateAsync(editor, "Ouroboros");

        await ArrangeAsync(editor, node, "Move", page => page.Page.SelectOptionAsync("#move-to", $"{node}"));

        StringAssert.Contains(await editor.TextAsync(), "'Ouroboros' cannot be moved below itself.", StringComparison.Ordinal);
        Assert.IsFalse(s_site.Records("content-move").Any(record => record["Content Name"] == "Ouroboros"));
    }

    [TestMethod]
    public async Task ACopyAndASwapAreRecorded()
    {
        await using Visitor editor = await EditorAsync();
        (long first, long article) = await CreateAsync(editor, "First");
        (long second, _) = await CreateAsync(editor, "Second");

        await ArrangeAsync(editor, first, "Copy", page => page.Page.SelectOptionAsync("#copy-to", "61"));
        await ArrangeAsync(editor, first, "Swap", page => page.Page.SelectOptionAsync("#swap-with", $"{second}"));

        var copy = s_site.Only("content-copy", record => record["Object ID"] == $"{article}");
        Assert.AreEqual("61", copy["New parent node ID"]);
        Assert.AreNotEqual($"{article}", copy["New object ID"]);
        s_site.Only("content-swap", ("Node ID", first), ("Other node ID", second), ("Comment", "Swapped the nodes"));
    }

    [TestMethod]
    public async Task HidingAndShowingAreOnRecordWithTheirTime()
    {
        await using Visitor editor = await EditorAsync();
        (long node, long article) = await CreateAsync(editor, "Now you see me");

        await ArrangeAsync(editor, node, "Hide");
        await ArrangeAsync(editor, node, "Show again");

        foreach (string comment in new[] { "Hid the node", "Showed the node again" })
        {
            var record = s_site.Only("content-hide", record => record["Object ID"] == $"{article}" && record["Comment"] == comment);
            Assert.AreEqual($"{node}", record["Node ID"]);
            long time = long.Parse(record["Time"]!, CultureInfo.InvariantCulture);
            Assert.AreEqual(record.Time.ToUnixTimeSeconds(), time, 1.0);
        }
    }

    [TestMethod]
    public async Task SectionAndStatesAreOnRecord()
    {
        await using Visitor editor = await EditorAsync();
        (long node, long article) = await CreateAsync(editor, "Marathon");

        await ArrangeAsync(editor, node, "Assign section", page => page.Page.SelectOptionAsync("#section", "2"));
        await ArrangeAsync(editor, node, "Assign states", async page =>
        {
            await page.Page.SelectOptionAsync("#review", "3");
            await page.Page.SelectOptionAsync("#lock", "5");
        });

        s_site.Only(
            "section-assign", ("Section ID", 2), ("Section name", "Sport"), ("Node ID", node), ("Content object ID", article),
            ("Content object name", "Marathon"), ("Comment", "Assigned the section to the node and all below it"));
        s_site.Only(
            "state-assign", ("Content object ID", article), ("Content object name", "Marathon"), ("Selected State ID Array", "3, 5"),
            ("Comment", "Updated the states of the object"));
    }

    [TestMethod]
    public async Task TheThreeWaysToDeleteAreTold()
    {
        await using Visitor editor = await EditorAsync();
        (long archived, long archivedArticle) = await CreateAsync(editor, "To the archive");
        (long removed, long removedArticle) = await CreateAsync(editor, "Out of the tree");
        (long purged, long purgedArticle) = await CreateAsync(editor, "Gone for good");

        await ArrangeAsync(editor, archived, "Archive");
        await ArrangeAsync(editor, removed, "Remove node");
        await ArrangeAsync(editor, purged, "Purge");

        s_site.Only("content-delete", ("Object ID", archivedArticle), ("Content Name", "To the archive"), ("Comment", "Archived the object"));
        s_site.Only("content-delete", ("Node ID", removed), ("Object ID", removedArticle), ("Content Name", "Out of the tree"), ("Comment", "Removed the node"));
        s_site.Only("content-delete", ("Object ID", purgedArticle), ("Content Name", "Gone for good"), ("Comment", "Purged the object"));
    }

    [TestMethod]
    public async Task AFileIsUploadedAndDownloaded()
    {
        await using Visitor editor = await EditorAsync();
        (long node, _) = await CreateAsync(editor, "With a file");
        await ArrangeAsync(editor, node, "Upload", page => page.Page.SetInputFilesAsync(
            "#file", new Microsoft.Playwright.FilePayload { Name = "minutes.txt", MimeType = "text/plain", Buffer = "31 to 28"u8.ToArray() }));
        await editor.GoAsync($"/Content/Read/{node}");

        var download = await editor.Page.RunAndWaitForDownloadAsync(() => editor.Page.GetByText("minutes.txt").ClickAsync());

        Assert.AreEqual("31 to 28", await File.ReadAllTextAsync((await download.PathAsync())!));
        var upload = s_site.Only("file-upload", record => record["File name"] == "minutes.txt");
        Assert.AreEqual("text/plain", upload["Media type"]);
        Assert.AreEqual("8", upload["Bytes"]);
        s_site.Only("entity-download", ("Entity type", "attachment"), ("Entity ID", upload["File ID"]), ("File name", "minutes.txt"), ("Bytes", 8));
    }

    [TestMethod]
    public async Task OnlyEditorsGetTheFilesOfArticlesThatAreNotPublic()
    {
        await using Visitor editor = await EditorAsync();
        await using Visitor anonymous = await s_browser.VisitAsync(s_site);
        await using Visitor reader = await s_browser.VisitAsync(s_site);
        await reader.SignInAsync("reader", NewsroomSite.ReaderPassword);
        (long parent, _) = await CreateAsync(editor, "Dossier");
        (long node, _) = await CreateAsync(editor, "With a secret file");
        await ArrangeAsync(editor, node, "Upload", page => page.Page.SetInputFilesAsync(
            "#file", new Microsoft.Playwright.FilePayload { Name = "secret.txt", MimeType = "text/plain", Buffer = "31 to 28"u8.ToArray() }));
        string path = $"/attachments/{s_site.Only("file-upload", record => record["File name"] == "secret.txt")["File ID"]}";

        await IsForReadersAsync(false, "It is a draft");
        await ArrangeAsync(editor, parent, "Publish");
        await ArrangeAsync(editor, node, "Publish");
        await IsForReadersAsync(true, "It is published");
        await ArrangeAsync(editor, node, "Hide");
        await IsForReadersAsync(false, "It is hidden");
        await ArrangeAsync(editor, node, "Show again");
        await ArrangeAsync(editor, node, "Move", page => page.Page.SelectOptionAsync("#move-to", $"{parent}"));
        await IsForReadersAsync(true, "It is shown again, elsewhere");
        await ArrangeAsync(editor, parent, "Hide");
        await IsForReadersAsync(false, "What it stands below is hidden");
        await ArrangeAsync(editor, parent, "Show again");
        await ArrangeAsync(editor, node, "Archive");
        await IsForReadersAsync(false, "It is archived");

        async Task IsForReadersAsync(bool isPublic, string state)
        {
            string address = new Uri(s_site.Address, path).ToString();
            Assert.AreEqual(200, (await editor.Context.APIRequest.GetAsync(address)).Status, $"{state}: editors can open it");
            foreach (Visitor visitor in new[] { reader, anonymous })
                Assert.AreEqual(isPublic ? 200 : 404, (await visitor.Context.APIRequest.GetAsync(address)).Status, $"{state}: {(visitor == reader ? "reader" : "anonymous")}");
        }
    }

    [TestMethod]
    [DataRow("/Content/Arrange/60?handler=Nothing"), DataRow("/Content/Arrange/60"), DataRow("/?handler=Nothing")]
    public async Task AMissingPageHandlerIsNotFound(string path)
    {
        await using Visitor editor = await EditorAsync();
        await editor.GoAsync("/Content/Arrange/60");
        string token = await editor.Page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value") ?? "";
        var requests = editor.Context.APIRequest;
        var answer = await requests.PostAsync(new Uri(s_site.Address, path).ToString(), new() { Form = requests.CreateFormData().Append("__RequestVerificationToken", token) });

        Assert.AreEqual(404, answer.Status);
        StringAssert.Contains(await answer.TextAsync(), "Page not found", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task ASearchIsOnRecordWithWhatWasFound()
    {
        await using Visitor reader = await s_browser.VisitAsync(s_site);
        await reader.GoAsync("/");

        await reader.FillAsync("Search", "rowing cup");
        await reader.PressAsync("Search");

        StringAssert.Contains(await reader.TextAsync(), "Rowing club wins in the rain", StringComparison.Ordinal);
        s_site.Only("entity-search", ("Entity type", "article"), ("Query", "rowing cup"), ("Result count", 1));
        var access = s_site.Only("web-access", record => record["Path"] == "/Search");
        Assert.AreEqual("GET", access["Method"]);
        Assert.AreEqual("200", access["Status"]);
    }

    private static async Task<Visitor> EditorAsync()
    {
        Visitor editor = await s_browser.VisitAsync(s_site);
        await editor.SignInAsync("editor", NewsroomSite.EditorPassword);
        return editor;
    }

    // Creates an article below Politics and returns the ids of its node and its object.
    private static async Task<(long Node, long Article)> CreateAsync(Visitor editor, string name)
    {
        await editor.GoAsync("/Content/New/60");
        await editor.FillAsync("Title", name);
        await editor.FillAsync("Text", $"What is to be said about: {name}.");
        await editor.PressAsync("Create");
        string[] words = (await editor.TextAsync(".meta")).Split(' ', ',');
        return (long.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[4], CultureInfo.InvariantCulture));
    }

    private static async Task ArrangeAsync(Visitor editor, long node, string button, Func<Visitor, Task>? fill = null)
    {
        await editor.GoAsync($"/Content/Arrange/{node}");
        if (fill is not null) await fill(editor);
        await editor.PressAsync(button);
    }
}
