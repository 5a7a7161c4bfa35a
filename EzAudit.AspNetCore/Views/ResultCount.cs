using System.Collections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace EzAudit.AspNetCore.Views;

/// <summary>The number of objects in what a handler returned, where it is known without enumerating: a query is not run twice.</summary>
internal static class ResultCount
{
    public static long? Of(object? result) => result switch
    {
        null => null,
        INestedHttpResult nested => Of(nested.Result),
        IValueHttpResult valued => OfValue(valued.Value),
        IConvertToActionResult convertible => Of(convertible.Convert()),
        ObjectResult valued => OfValue(valued.Value),
        JsonResult valued => OfValue(valued.Value),
        ViewResult shown => OfValue(shown.Model),
        PartialViewResult shown => OfValue(shown.Model),
        IResult or IActionResult => null,
        _ => OfValue(result),
    };

    // A dictionary is mostly an object, and bytes are a text.
    private static long? OfValue(object? value) => value switch
    {
        byte[] or IDictionary => null,
        ICollection collection => collection.Count,
        IReadOnlyCollection<object> collection => collection.Count,
        _ => null,
    };
}
