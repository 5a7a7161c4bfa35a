using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Data;
using Newsroom.Projects;

namespace Newsroom.Pages.Projects;

/// <summary>Lists all projects and creates new ones.</summary>
[Authorize]
internal sealed class Index(NewsroomDatabase database, ProjectOffice office) : PageModel
{
    public IReadOnlyList<Project> Projects { get; private set; } = [];

    public async Task OnGetAsync() => Projects = await database.Projects.AsNoTracking().OrderBy(project => project.Name).ToListAsync();

    public async Task<IActionResult> OnPostAsync(string name)
    {
        if (!User.May(Permissions.ManageProjects)) return Forbid();
        if (!ModelState.IsValid) return BadRequest();
        Project project = await office.CreateAsync(name);
        return RedirectToPage("/Projects/Details", new { id = project.Id });
    }
}
