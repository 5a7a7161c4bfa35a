using System.Collections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace EzAudit.AspNetCore.Views;

/// <summary>Counts the objects that a handler returned, if that is possible without enumerating: a query must not run twice.</summary>
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

    // A dictionary usually represents one object, and bytes represent text.
    private static long? OfValue(object? value) => value switch
    {
        byte[] or IDictionary => null,
        ICollection collection => collection.Count,
        IReadOnlyCollection<object> collection => collection.Count,
        _ => null,
    };
}
