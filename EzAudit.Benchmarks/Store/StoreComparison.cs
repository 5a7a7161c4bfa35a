using System.Globalization;

namespace EzAudit.Benchmarks.Store;

/// <summary>The command <c>store</c>: how fast the central store takes and finds records, beside PostgreSQL without EzAudit, on a server of its own.</summary>
internal sealed class StoreComparison(StoreOptions options)
{
    public async Task RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var table = new StoreTable();
        if (options.Measures("memory")) new WaitingMemory(options).Run(table);
        if (options.Measures("inserts") || options.Measures("reads"))
        {
            using var server = new StoreServer(options.Reuse ?? options.Keep, options.Directory);
            if (options.Measures("inserts")) new InsertComparison(server, options).Run(table);
            if (options.Measures("reads"))
            {
                if (options.Reuse is null) await new SampleStore(server, options.Records).FillAsync().ConfigureAwait(false);
                new ReadComparison(server, options).Run(table);
            }
        }
        if (options.Markdown is not null) await File.WriteAllTextAsync(options.Markdown, table.Text).ConfigureAwait(false);
    }
}
