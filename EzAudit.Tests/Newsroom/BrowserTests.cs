namespace EzAudit.Tests.Newsroom;

/// <summary>Tests that visit a site of their own in a browser.</summary>
/// <typeparam name="TTests">The class with the tests: static members of a generic class exist once for each argument, so each class has its own site.</typeparam>
public abstract class BrowserTests<TTests>
    where TTests : BrowserTests<TTests>
{
    private protected const string Password = "Somebody-of-the-news-1";

    private static NewsroomSite? s_site;
    private static NewsroomBrowser? s_browser;

    private protected static NewsroomSite Site => s_site!;

    private protected static NewsroomBrowser Browser => s_browser!;

    [ClassInitialize(InheritanceBehavior.BeforeEachDerivedClass)]
    public static async Task Start(TestContext _)
    {
        s_browser = await NewsroomBrowser.SharedAsync();
        s_site = new NewsroomSite();
    }

    [ClassCleanup(InheritanceBehavior.BeforeEachDerivedClass)]
    public static void Stop() => s_site?.Dispose();
}
