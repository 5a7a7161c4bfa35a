using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;

namespace Newsroom.Projects;

/// <summary>Manages the members of projects and their permissions. Changes are recorded once they are stored.</summary>
internal sealed class ProjectOffice(NewsroomDatabase database)
{
    public async Task<Project> CreateAsync(string name)
    {
        var project = new Project { Name = name };
        database.Add(project);
        await database.SaveChangesAsync();
        return project;
    }

    public async Task AddAsync(Project project, Account account)
    {
        if (await MemberAsync(project, account) is not null) return;
        database.Add(new ProjectMember { ProjectId = project.Id, AccountId = account.Id, Permissions = "read" });
        await database.SaveChangesAsync();
        ProjectAudit.AddUser(project.Id, project.Name, account.Id, account.Login);
    }

    public async Task RemoveAsync(Project project, Account account)
    {
        if (await MemberAsync(project, account) is not { } member) return;
        database.Remove(member);
        await database.SaveChangesAsync();
        ProjectAudit.RemoveUser(project.Id, project.Name, account.Id, account.Login);
    }

    public async Task SetGroupsAsync(Project project, IReadOnlyCollection<long> groupIds)
    {
        List<Group> groups = await database.Groups.OrderBy(group => group.Name).ToListAsync();
        List<ProjectGroup> before = await database.ProjectGroups.Where(row => row.ProjectId == project.Id).ToListAsync();
        List<Group> added = groups.FindAll(group => groupIds.Contains(group.Id) && before.TrueForAll(row => row.GroupId != group.Id));
        List<ProjectGroup> removed = before.FindAll(row => !groupIds.Contains(row.GroupId));
        if (added.Count + removed.Count == 0) return;
        database.AddRange(added.Select(group => new ProjectGroup { ProjectId = project.Id, GroupId = group.Id, Permissions = "read" }));
        database.RemoveRange(removed);
        await database.SaveChangesAsync();
        ProjectAudit.SetGroups(
            project.Id,
            project.Name,
            added.Select(group => group.Name),
            groups.Where(group => removed.Exists(row => row.GroupId == group.Id)).Select(group => group.Name));
    }

    public async Task SetPermissionsAsync(Project project, Account account, IReadOnlyCollection<string> permissions)
    {
        if (await MemberAsync(project, account) is not { } member) return;
        IReadOnlyList<string> before = ProjectPermissions.Parse(member.Permissions);
        member.Permissions = ProjectPermissions.Join(permissions);
        IReadOnlyList<string> after = ProjectPermissions.Parse(member.Permissions);
        await database.SaveChangesAsync();
        PermissionAudit.SetForUserInProject(
            project.Id, project.Name, account.Id, account.Login, after.Except(before), before.Except(after));
    }

    public async Task SetPermissionsAsync(Project project, Group group, IReadOnlyCollection<string> permissions)
    {
        ProjectGroup? row = await database.ProjectGroups.SingleOrDefaultAsync(row => row.ProjectId == project.Id && row.GroupId == group.Id);
        if (row is null) return;
        IReadOnlyList<string> before = ProjectPermissions.Parse(row.Permissions);
        row.Permissions = ProjectPermissions.Join(permissions);
        IReadOnlyList<string> after = ProjectPermissions.Parse(row.Permissions);
        await database.SaveChangesAsync();
        PermissionAudit.SetForGroupInProject(
            project.Id, project.Name, group.Id, group.Name, after.Except(before), before.Except(after));
    }

    private Task<ProjectMember?> MemberAsync(Project project, Account account) =>
        database.ProjectMembers.SingleOrDefaultAsync(row => row.ProjectId == project.Id && row.AccountId == account.Id);
}
