using Microsoft.Playwright;

namespace EzAudit.Tests.Newsroom;

/// <summary>A visitor who uses the site as people do: reads, fills in forms, presses buttons.</summary>
internal sealed class Visitor(IBrowserContext context, IPage page) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public IPage Page => page;

    public IBrowserContext Context => context;

    public Task<IResponse?> GoAsync(string path) => page.GotoAsync(path);

    public Task FillAsync(string label, string text) => page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    /// <summary>Presses a button and waits for the next page.</summary>
    public async Task PressAsync(string button)
    {
        var loaded = new TaskCompletionSource();
        void Loaded(object? sender, IPage by) => loaded.TrySetResult();
        page.Load += Loaded;
        try
        {
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await loaded.Task.WaitAsync(Patience);
        }
        finally
        {
            page.Load -= Loaded;
        }
    }

    public Task ChooseAsync(string label, string value) => page.GetByLabel(label, new() { Exact = true }).SelectOptionAsync(value);

    public Task CheckAsync(string label, bool isChecked = true) => page.GetByLabel(label, new() { Exact = true }).SetCheckedAsync(isChecked);

    public Task<string> TextAsync(string selector = "main") => page.Locator(selector).InnerTextAsync();

    public async Task SignInAsync(string login, string password, bool remember = false)
    {
        await GoAsync("/Me/SignIn");
        await FillAsync("Login", login);
        await FillAsync("Password", password);
        if (remember) await CheckAsync("Remember me on this computer");
        await PressAsync("Sign in");
    }

    /// <summary>Creates an account, as an administrator, and returns its id.</summary>
    public async Task<string> CreateAccountAsync(string login, string password)
    {
        await GoAsync("/Admin/Accounts");
        await FillAsync("Login", login);
        await FillAsync("Name", $"Somebody called {login}");
        await FillAsync("Email", $"{login}@newsroom.example");
        await FillAsync("Password", password);
        await PressAsync("Create account");
        return page.Url.Split('/')[^1];
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
