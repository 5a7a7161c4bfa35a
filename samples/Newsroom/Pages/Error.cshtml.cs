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
        400 => "The request was not understood",
        404 => "Page not found",
        _ => "Something went wrong",
    };
}
