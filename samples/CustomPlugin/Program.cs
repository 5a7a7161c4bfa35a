using CustomPlugin;
using EzAudit;
using EzAudit.Records;

const int CollectorPort = 47123;

var recent = new RecentRecords();
using var collector = new Collector(CollectorPort);
using AuditWriter writer = new AuditWriterBuilder(SampleRoot.Find()).AddPlugin(new RingPlugin(recent)).AddPlugin(new CollectorPlugin()).Build();

for (int month = 1; month <= 5; month++)
    writer.WriteAudit(RingPlugin.ExportFunction.Name, ("Report", $"Sales of month {month}"), ("Rows", month * 100));

Console.WriteLine($"All records are in {writer.LogDirectory}; a status page would show the most recent ones:");
foreach (AuditRecord record in recent.All)
    Console.WriteLine($"  {record.Time:HH:mm:ss} {record.Function}: {record["Report"]}, {record["Rows"]} rows");

// An application need not wait: what is not sent when it ends is sent at its next start.
writer.Flush();
Console.WriteLine($"The collector has {collector.Records.Count} records.");
