using System.Globalization;
using System.Text;
using EzAudit.Extensibility;

namespace EzAudit.Plugins.Targets;

/// <summary>The ids of the records of a request as one text: <c>ORIGIN/RUN/1-7,9</c>. The numbers are those of the lines, in their order.</summary>
internal static class WebhookIds
{
    public static string Of(AuditBatch batch, int start, int count)
    {
        AuditRecordId first = batch[start].Id;
        string text = first.ToString();
        var ids = new StringBuilder(text, 0, text.LastIndexOf('/') + 1, text.Length + 20);
        for (int i = start; i < start + count;)
        {
            long from = batch[i].Id.Number;
            long to = from;
            for (i++; i < start + count && batch[i].Id.Number == to + 1; i++) to++;
            ids.Append(CultureInfo.InvariantCulture, $"{from}");
            if (to > from) ids.Append(CultureInfo.InvariantCulture, $"-{to}");
            if (i < start + count) ids.Append(',');
        }
        return ids.ToString();
    }
}
