using EzAudit.Tests.Support;
using Microsoft.Playwright;

namespace EzAudit.Tests.Newsroom;

/// <summary>A real browser, which the visitors of all sites share; each has cookies of their own.</summary>
internal sealed class NewsroomBrowser
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly Lazy<Task<NewsroomBrowser>> s_shared = new(StartAsync);

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private NewsroomBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    /// <summary>The one browser of all tests, which starts for the first that asks for it.</summary>
    public static Task<NewsroomBrowser> SharedAsync() => s_shared.Value;

    /// <summary>Closes it, if a test has asked for it and it did start.</summary>
    public static async Task CloseAsync()
    {
        if (!s_shared.IsValueCreated || !s_shared.Value.IsCompletedSuccessfully) return;
        NewsroomBrowser browser = await s_shared.Value;
        await browser._browser.DisposeAsync();
        browser._playwright.Dispose();
    }

    /// <summary>A visitor whom the site has never seen; or, with the cookies of another, one whose browser was closed meanwhile.</summary>
    public async Task<Visitor> VisitAsync(NewsroomSite site, IEnumerable<Cookie>? cookies = null)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.Address.ToString() });
        if (cookies is not null) await context.AddCookiesAsync(cookies);
        return new Visitor(context, await context.NewPageAsync());
    }

    public async Task<Visitor> AdministratorAsync(NewsroomSite site)
    {
        Visitor administrator = await VisitAsync(site);
        await administrator.SignInAsync("admin", NewsroomSite.AdminPassword);
        return administrator;
    }

    /// <summary>A window for files, without a site.</summary>
    public Task<IBrowserContext> OfflineAsync(ColorScheme scheme) => _browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme });

    private static async Task<NewsroomBrowser> StartAsync()
    {
        Needs.Programs("chromium");
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            // Root has no sandbox, and /dev/shm is small in containers.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox", "--disable-dev-shm-usage"] : ["--disable-dev-shm-usage"],
        });
        return new NewsroomBrowser(playwright, browser);
    }
}
