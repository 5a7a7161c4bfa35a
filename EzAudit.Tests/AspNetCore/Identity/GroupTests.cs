using EzAudit.Tests.AspNetCore.Security;
using Microsoft.AspNetCore.Identity;

namespace EzAudit.Tests.AspNetCore.Identity;

/// <summary>Roles, which Enterprise Tester calls groups, and their members.</summary>
[TestClass]
public sealed class GroupTests
{
    private static readonly (string, string)[] EditorsFields = [("Group ID", "8"), ("Group name", "Editors")];
    private static readonly (string, string)[] EditorsRole = [("Role ID", "8"), ("Role name", "Editors")];

    [TestMethod]
    public async Task AGroupThatIsMadeIsOneRecordInEachVocabulary()
    {
        await using IdentitySite site = await IdentitySite.Start();
        await site.WithRoles(roles => roles.CreateAsync(new IdentityRole("Editors") { Id = "8" }));

        site.AssertOnly("group-create", EditorsFields);
        site.AssertOnly("role-create", [.. EditorsRole, ("Comment", "Created the role")]);
        site.Site.AssertWritten("group-create", "role-create");
    }

    [TestMethod]
    public async Task ADeletedGroupIsOneRecordInEachVocabulary()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityRole role = site.AddRole("8", "Editors");
        await site.WithRoles(roles => roles.DeleteAsync(role));

        site.AssertOnly("group-delete", EditorsFields);
        site.AssertOnly("role-delete", [.. EditorsRole, ("Comment", "Deleted the role")]);
        site.Site.AssertWritten("group-delete", "role-delete");
    }

    [TestMethod]
    public async Task ARenamedGroupHasItsOldName()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityRole role = site.AddRole("8", "Editors");
        await site.WithRoles(async roles =>
        {
            await roles.SetRoleNameAsync(role, "Authors");
            return await roles.UpdateAsync(role);
        });

        site.AssertOnly("group-rename", ("Group ID", "8"), ("Old name", "Editors"), ("New name", "Authors"));
        site.AssertOnly("role-change", ("Role ID", "8"), ("Role name", "Authors"), ("Comment", "Renamed the role, which was 'Editors'"));
        site.Site.AssertWritten("group-rename", "role-change");
    }

    [TestMethod]
    public async Task AGroupRenamedPastTheManagerIsSeenByItsNormalizedName()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityRole role = site.AddRole("8", "Editors");
        role.Name = "Authors";
        await site.WithRoles(roles => roles.UpdateAsync(role));

        site.AssertOnly("group-rename", ("Group ID", "8"), ("Old name", "EDITORS"), ("New name", "Authors"));
    }

    [TestMethod]
    public async Task AChangedRoleIsOneRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        IdentityRole role = site.AddRole("8", "Editors");
        await site.WithRoles(roles => roles.UpdateAsync(role));

        site.AssertOnly("role-change", [.. EditorsRole, ("Comment", "Changed the role")]);
        site.Site.AssertWritten("role-change");
    }

    [TestMethod]
    public async Task AUserPutIntoAGroupIsOneRecordInEachVocabulary()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.AddRole("8", "Editors");
        await site.WithUsers(users => users.AddToRoleAsync(site.Editor, "Editors"));

        site.AssertOnly("group-user-add", [.. EditorsFields, .. site.EditorFields]);
        site.AssertOnly(
            "role-assign",
            [.. EditorsRole, ("Assign to content object ID", "16"), ("Content object name", "editor"), ("Comment", "Assigned the role to the user or group")]);
        site.Site.AssertWritten("group-user-add", "role-assign");
    }

    [TestMethod]
    public async Task AUserTakenOutOfAGroupIsOneRecordInEachVocabulary()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.AddRole("8", "Editors");
        site.Data.Memberships.Add(new IdentityUserRole<string> { RoleId = "8", UserId = "16" });
        await site.WithUsers(users => users.RemoveFromRoleAsync(site.Editor, "Editors"));

        site.AssertOnly("group-user-remove", [.. EditorsFields, .. site.EditorFields]);
        site.AssertOnly("role-unassign", [.. EditorsRole, .. site.EditorFields, ("Comment", "Took the role from the user or group")]);
        site.Site.AssertWritten("group-user-remove", "role-unassign");
    }

    [TestMethod]
    public async Task SeveralGroupsAtOnceAreFoldedIntoOneRecord()
    {
        await using IdentitySite site = await IdentitySite.Start();
        site.AddRole("8", "Editors");
        site.AddRole("9", "Authors");
        await site.WithUsers(users => users.AddToRolesAsync(site.Editor, ["Editors", "Authors"]));

        site.AssertOnly("user-groups-set", [.. site.EditorFields, ("Added", "Editors, Authors"), ("Removed", "")]);
        Assert.HasCount(2, site.Site.Records("role-assign"));
        site.Site.AssertWritten("user-groups-set", "role-assign");
    }

    [TestMethod]
    public async Task SeveralGroupsAtOnceAreRecordedOneByOneWhereNoFileIsNamedForTheFold()
    {
        await using IdentitySite site = await IdentitySite.Start(furtherSettings:
            "AuditFileNames[]\nAuditFileNames[group-user-add]=group-user-add.log\nAuditFileNames[group-user-remove]=group-user-remove.log");
        site.AddRole("8", "Editors");
        site.AddRole("9", "Authors");
        await site.WithUsers(users => users.AddToRolesAsync(site.Editor, ["Editors", "Authors"]));
        await site.WithUsers(users => users.RemoveFromRolesAsync(site.Editor, ["Authors"]));

        Assert.HasCount(2, site.Site.Records("group-user-add"));
        Assert.HasCount(1, site.Site.Records("group-user-remove"));
    }
}
