using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Newsroom.Data;

namespace Newsroom.Site;

/// <summary>Reads and changes the site's settings, cached until one changes or the cache is cleared.</summary>
internal sealed class SiteSettings(NewsroomDatabase database, IMemoryCache cache)
{
    public const string Title = "title";
    public const string ShopIsOpen = "shop-is-open";

    public async Task<string> TitleAsync() => (await AllAsync())[Title];

    public async Task<bool> IsShopOpenAsync() => (await AllAsync())[ShopIsOpen] == "yes";

    public async Task ChangeTitleAsync(string title)
    {
        if (await ChangeAsync(Title, title) is { } old) SettingAudit.Change(Title, old, title);
    }

    public async Task OpenShopAsync(bool open)
    {
        string value = open ? "yes" : "no";
        if (await ChangeAsync(ShopIsOpen, value) is { } old) SettingAudit.ChangeFeatureFlag(ShopIsOpen, old, value);
    }

    public void ClearCache()
    {
        cache.Remove(GetType());
        SettingAudit.ClearCache("settings");
    }

    // Returns the old value, or null if nothing changed.
    private async Task<string?> ChangeAsync(string name, string value)
    {
        Setting setting = await database.Settings.SingleAsync(setting => setting.Name == name);
        if (setting.Value == value) return null;
        string old = setting.Value;
        setting.Value = value;
        await database.SaveChangesAsync();
        cache.Remove(GetType());
        return old;
    }

    private async Task<Dictionary<string, string>> AllAsync() =>
        (await cache.GetOrCreateAsync(GetType(), _ => database.Settings.ToDictionaryAsync(setting => setting.Name, setting => setting.Value)))!;
}
