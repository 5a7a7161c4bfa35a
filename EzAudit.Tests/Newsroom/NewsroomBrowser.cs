using EzAudit.Tests.Support;
using Microsoft.Playwright;

namespace EzAudit.Tests.Newsroom;

/// <summary>A real browser that the visitors of all sites share; each visitor has their own cookies.</summary>
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

    /// <summary>The browser of all tests; the first test that asks for it starts it.</summary>
    public static Task<NewsroomBrowser> SharedAsync() => s_shared.Value;

    /// <summary>Closes the browser if a test has started it.</summary>
    public static async Task CloseAsync()
    {
        if (!s_shared.IsValueCreated || !s_shared.Value.IsCompletedSuccessfully) return;
        NewsroomBrowser browser = await s_shared.Value;
        await browser._browser.DisposeAsync();
        browser._playwright.Dispose();
    }

    /// <summary>A new visitor; with the cookies of another visitor, the one who has closed and reopened the browser.</summary>
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

    /// <summary>A page for local files, without a site.</summary>
    public Task<IBrowserContext> OfflineAsync(ColorScheme scheme) => _browser.NewContextAsync(new BrowserNewContextOptions { ColorScheme = scheme });

    private static async Task<NewsroomBrowser> StartAsync()
    {
        Needs.Programs("chromium");
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            // Chromium's sandbox does not work as root, and /dev/shm is small in containers.
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox", "--disable-dev-shm-usage"] : ["--disable-dev-shm-usage"],
        });
        return new NewsroomBrowser(playwright, browser);
    }
}
