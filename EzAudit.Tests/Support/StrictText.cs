using System.Text;

namespace EzAudit.Tests.Support;

/// <summary>Converts a text to what remains of it where lone surrogates are not allowed.</summary>
internal static class StrictText
{
    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
