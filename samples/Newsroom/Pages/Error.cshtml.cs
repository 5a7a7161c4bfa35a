using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Newsroom.Pages;

/// <summary>Shows an error.</summary>
[IgnoreAntiforgeryToken]
internal sealed class Error : PageModel
{
    [BindProperty(SupportsGet = true)]
    public int? Status { get; set; }

    public string Heading => Status switch
    {
        400 => "That was not understood",
        404 => "There is no such page",
        _ => "Something went wrong",
    };
}
