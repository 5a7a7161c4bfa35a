using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Newsroom.Accounts;

namespace Newsroom.Pages.Me;

/// <summary>Shows the user's own account.</summary>
[Authorize]
internal sealed class Index : PageModel
{
    public IReadOnlyList<string> MayList => Permissions.All.Where(User.May).ToList();
}
