using System.Globalization;
using EzAudit.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;
using Newsroom.Projects;

namespace Newsroom.Pages.Projects;

/// <summary>Shows and edits one project: its members and their permissions.</summary>
[Authorize]
internal sealed class Details(NewsroomDatabase database, ProjectOffice office, UserManager<Account> accounts) : PageModel
{
    public Project Project { get; private set; } = null!;

    public bool MayManage => User.May(Permissions.ManageProjects);

    public IReadOnlyList<(Account Account, ProjectMember Row)> Members { get; private set; } = [];

    public IReadOnlyList<(Group Group, ProjectGroup? Row)> Groups { get; private set; } = [];

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = Convert.ToInt64(RouteData.Values["id"], CultureInfo.InvariantCulture);
        if (await database.Projects.SingleOrDefaultAsync(project => project.Id == id) is not { } project) context.Result = NotFound();
        else if (HttpMethods.IsPost(Request.Method) && !MayManage) context.Result = Forbid();
        else
        {
            Project = project;
            await next();
        }
    }

    [AuditView("project")]
    public async Task OnGetAsync()
    {
        HttpContext.AuditView(path: Project.Name, project: Project.Name);
        List<ProjectMember> members = await database.ProjectMembers.Where(row => row.ProjectId == Project.Id).ToListAsync();
        List<ProjectGroup> rows = await database.ProjectGroups.Where(row => row.ProjectId == Project.Id).ToListAsync();
        List<long> ids = members.ConvertAll(member => member.AccountId);
        Members = (await database.Accounts.Where(account => ids.Contains(account.Id)).OrderBy(account => account.Login).ToListAsync())
            .ConvertAll(account => (account, members.Single(member => member.AccountId == account.Id)));
        Groups = (await database.Groups.OrderBy(group => group.Name).ToListAsync())
            .ConvertAll(group => (group, rows.Find(row => row.GroupId == group.Id)));
    }

    public async Task<IActionResult> OnPostAddAsync(string login)
    {
        if (await accounts.FindByNameAsync(login) is { } account) await office.AddAsync(Project, account);
        else TempData["Message"] = $"There is no account '{login}'.";
        return Back();
    }

    public Task<IActionResult> OnPostRemoveAsync(long account) => ForAccountAsync(account, found => office.RemoveAsync(Project, found));

    public Task<IActionResult> OnPostMemberPermissionsAsync(long account, string[] permissions) =>
        ForAccountAsync(account, found => office.SetPermissionsAsync(Project, found, permissions));

    public async Task<IActionResult> OnPostGroupsAsync(long[] groups)
    {
        await office.SetGroupsAsync(Project, groups);
        return Back();
    }

    public async Task<IActionResult> OnPostGroupPermissionsAsync(long group, string[] permissions)
    {
        if (await database.Groups.SingleOrDefaultAsync(row => row.Id == group) is not { } found) return NotFound();
        await office.SetPermissionsAsync(Project, found, permissions);
        return Back();
    }

    private async Task<IActionResult> ForAccountAsync(long id, Func<Account, Task> work)
    {
        if (await database.Accounts.SingleOrDefaultAsync(row => row.Id == id) is not { } account) return NotFound();
        await work(account);
        return Back();
    }

    private RedirectToPageResult Back() => RedirectToPage(new { id = Project.Id });
}
