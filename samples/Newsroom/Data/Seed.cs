using System.Security.Claims;
using EzAudit;
using Microsoft.AspNetCore.Identity;
using Newsroom.Accounts;
using Newsroom.Content;
using Newsroom.Projects;
using Newsroom.Site;

namespace Newsroom.Data;

/// <summary>Fills the database of a new site.</summary>
internal sealed class Seed(NewsroomDatabase database, UserManager<Account> accounts, RoleManager<Group> groups)
{
    /// <summary>The initial accounts and their passwords, which are public because this is a sample.</summary>
    public static IReadOnlyList<(long Id, string Login, string Name, string Group, string Password)> Accounts { get; } =
    [
        (14, "admin", "Ada Admin", "Administrators", "Admin-of-the-news-1"),
        (16, "editor", "Edgar Editor", "Editors", "Editor-of-the-news-1"),
        (17, "reader", "Rita Reader", "Readers", "Reader-of-the-news-1"),
    ];

    /// <summary>Fills an empty database; leaves any other alone.</summary>
    public async Task PlantAsync()
    {
        if (!await database.Database.EnsureCreatedAsync()) return;
        using IDisposable job = AuditContext.UseJob("seed");
        await PlantGroupsAsync();
        foreach ((long id, string login, string name, string group, string password) in Accounts)
        {
            var account = new Account { Id = id, Login = login, FullName = name, Email = $"{login}@newsroom.example", IsEmailConfirmed = true };
            Check(await accounts.CreateAsync(account, password));
            Check(await accounts.AddToRoleAsync(account, group));
        }
        PlantContent();
        database.AddRange(new Project { Name = "Election night" }, new Project { Name = "Archive of photographs" });
        database.AddRange(new Setting { Name = SiteSettings.Title, Value = "The Newsroom" }, new Setting { Name = SiteSettings.ShopIsOpen, Value = "yes" });
        await database.SaveChangesAsync();
    }

    private async Task PlantGroupsAsync()
    {
        foreach ((string name, IEnumerable<string> permissions) in new (string, IEnumerable<string>)[]
        {
            ("Administrators", Permissions.All),
            ("Editors", [Permissions.EditContent]),
            ("Readers", []),
        })
        {
            var group = new Group { Name = name };
            Check(await groups.CreateAsync(group));
            foreach (string permission in permissions) Check(await groups.AddClaimAsync(group, new Claim(Permissions.ClaimType, permission)));
        }
    }

    private void PlantContent()
    {
        Section news = new() { Id = 1, Name = "News" };
        database.AddRange(news, new Section { Id = 2, Name = "Sport" }, new Section { Id = 3, Name = "Members only" });
        Plant(ContentTree.RootId, null, 1, "Front page", "All that is fit to audit.");
        Plant(59, ContentTree.RootId, 57, "Archive", "What was news once.");
        Plant(60, ContentTree.RootId, 58, "Politics", "The council and the country.");
        Plant(61, ContentTree.RootId, 59, "Sport", "Who won.");
        Plant(124, 60, 114, "Council votes for a new bridge",
            "After nine years of debate the council has voted, 31 to 28, for a second bridge over the river.\n\nBuilding is to begin in spring.");
        Plant(125, 61, 115, "Rowing club wins in the rain", "Eight oars, one course, no mercy: the club took the cup home for the third time.");
    }

    private void Plant(long id, long? parentId, long articleId, string name, string text) => database.Add(new Node
    {
        Id = id,
        ParentId = parentId,
        Article = new Article
        {
            Id = articleId, Name = name, Text = text, PublishedVersion = 1, PublishedName = name, PublishedText = text, SectionId = 1, AuthorId = 16,
        },
    });

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException($"The site could not be seeded: {result}.");
    }
}
