using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Newsroom.Accounts;
using Newsroom.Content;
using Newsroom.Data;

namespace Newsroom.Pages.Content;

/// <summary>Everything an editor can do with an article except edit its text.</summary>
[Authorize(Permissions.EditContent)]
internal sealed class Arrange(
    NewsroomDatabase database, ContentTree tree, Writing writing, Arranging arranging, Removal removal, Attachments attachments) : PageModel
{
    public Node Node { get; private set; } = null!;

    public ReviewState Review => Node.Article.Review;

    public LockState Lock => Node.Article.Lock;

    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Sections { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id)
    {
        if (await tree.FindAsync(id) is not { } node) return NotFound();
        Node = node;
        Places = (await tree.ListAsync(forEditors: true)).Select(placed => Item(placed.Label, placed.Node.Id, node.ParentId)).ToList();
        Sections = (await database.Sections.ToListAsync()).ConvertAll(section => Item(section.Name, section.Id, node.Article.SectionId));
        return Page();
    }

    public Task<IActionResult> OnPostPublishAsync(long id) => DoAsync(id, "Published.", () => writing.PublishAsync(id));

    public Task<IActionResult> OnPostMoveAsync(long id, long to) => DoAsync(id, "Moved.", () => arranging.MoveAsync(id, to));

    public Task<IActionResult> OnPostCopyAsync(long id, long to) => DoAsync(id, "Copied.", () => arranging.CopyAsync(id, to));

    public Task<IActionResult> OnPostSwapAsync(long id, long with) => DoAsync(id, "Swapped.", () => arranging.SwapAsync(id, with));

    public Task<IActionResult> OnPostHideAsync(long id) => DoAsync(id, "Hidden.", () => arranging.HideAsync(id, hide: true));

    public Task<IActionResult> OnPostUnhideAsync(long id) => DoAsync(id, "Shown again.", () => arranging.HideAsync(id, hide: false));

    public Task<IActionResult> OnPostSectionAsync(long id, long section) =>
        DoAsync(id, "Section assigned.", () => arranging.AssignSectionAsync(id, section));

    public Task<IActionResult> OnPostStatesAsync(long id, ReviewState review, [FromForm(Name = "lock")] LockState lockState) =>
        DoAsync(id, "States assigned.", () => writing.AssignStatesAsync(id, review, lockState));

    public Task<IActionResult> OnPostUploadAsync(long id, IFormFile file) =>
        DoAsync(id, "Uploaded.", async () => await attachments.UploadAsync((await tree.GetAsync(id)).ArticleId, file));

    public Task<IActionResult> OnPostArchiveAsync(long id) => DoAsync(id, "Archived.", () => removal.ArchiveAsync(id));

    public Task<IActionResult> OnPostRemoveNodeAsync(long id) => LeaveAsync(id, "Node removed.", () => removal.RemoveNodeAsync(id));

    public Task<IActionResult> OnPostPurgeAsync(long id) => LeaveAsync(id, "Purged.", () => removal.PurgeAsync(id));

    private async Task<IActionResult> LeaveAsync(long id, string done, Func<Task> work)
    {
        await DoAsync(id, done, work);
        return await tree.FindAsync(id) is null ? RedirectToPage("/Index") : RedirectToPage(new { id });
    }

    private async Task<IActionResult> DoAsync(long id, string done, Func<Task> work)
    {
        try
        {
            await work();
            TempData["Message"] = done;
        }
        catch (ContentException refusal)
        {
            TempData["Message"] = refusal.Message;
        }
        return RedirectToPage(new { id });
    }

    private static SelectListItem Item(string text, long id, long? chosen) =>
        new(text, id.ToString(CultureInfo.InvariantCulture), id == chosen);
}
