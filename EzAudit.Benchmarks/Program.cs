using System.Globalization;
using BenchmarkDotNet.Running;
using EzAudit.Benchmarks.Arrangements;
using EzAudit.Benchmarks.Entities;
using EzAudit.Benchmarks.Nats;
using EzAudit.Benchmarks.ReadBack;
using EzAudit.Benchmarks.SideBySide;
using EzAudit.Benchmarks.Store;
using EzAudit.Benchmarks.Syslog;
using EzAudit.Benchmarks.Verifying;
using EzAudit.Benchmarks.Web;

switch (args)
{
    case ["side-by-side", .. string[] rest]:
        new Comparison(Options.Parse(rest)).Run();
        break;
    case ["arrangements", .. string[] rest]:
        new ArrangementComparison(Options.Parse(rest)).Run();
        break;
    case ["flat-memory", .. string[] rest]:
        new FlatMemory(Options.Parse(rest)).Run();
        break;
    case ["syslog", .. string[] rest]:
        new SyslogComparison(Options.Parse(rest)).Run();
        break;
    case ["nats", .. string[] rest]:
        new NatsComparison(Options.Parse(rest)).Run();
        break;
    case ["store", .. string[] rest]:
        await new StoreComparison(StoreOptions.Parse(rest)).RunAsync();
        break;
    case ["store-waiting", string root, string records]:
        WaitingMemory.Measure(root, int.Parse(records, CultureInfo.InvariantCulture));
        break;
    case ["ef", .. string[] rest]:
        new SaveComparison(Options.Parse(rest)).Run();
        break;
    case ["read-back", .. string[] rest]:
        new ReadBackComparison(ReadBackOptions.Parse(rest)).Run();
        break;
    case ["read-back-answer", string question, string path]:
        Answer.Give(question, path);
        break;
    case ["verify", .. string[] rest]:
        new VerifyComparison(VerifyOptions.Parse(rest)).Run();
        break;
    case ["verify-once", string directory, string key, string threads]:
        OneVerification.Run(directory, key, int.Parse(threads, CultureInfo.InvariantCulture));
        break;
    case ["web", .. string[] rest]:
        new WebComparison(WebOptions.Parse(rest)).Run();
        break;
    case ["web-server", string contender, string directory]:
        await new WebServer(Enum.Parse<WebContender>(contender), directory).RunAsync();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
