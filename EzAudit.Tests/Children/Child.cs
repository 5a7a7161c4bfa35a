using EzAudit.Tests.Architecture;
using EzAudit.Tests.Writing;

namespace EzAudit.Tests.Children;

/// <summary>The programs that this assembly runs instead of tests, mostly for tests that need other processes.</summary>
internal static class Child
{
    private static readonly Dictionary<string, Func<string[], int>> Known = new()
    {
        [nameof(AppendBatch)] = AppendBatch.Run,
        [nameof(AppendRecords)] = AppendRecords.Run,
        [nameof(AppendWithFileMode)] = AppendWithFileMode.Run,
        [nameof(EndSuddenly)] = EndSuddenly.Run,
        [nameof(StopTable)] = StopTable.Print,
        [nameof(CountThreads)] = CountThreads.Run,
        [nameof(FloodRecords)] = FloodRecords.Run,
        [nameof(InsertIntoStore)] = InsertIntoStore.Run,
        [nameof(FlushFileStream)] = FlushFileStream.Run,
        [nameof(PublishToConsole)] = PublishToConsole.Run,
        [nameof(SaveTransactions)] = SaveTransactions.Run,
        [nameof(RunHost)] = RunHost.Run,
        [nameof(ShapeTable)] = ShapeTable.Print,
        [nameof(WriteAndWait)] = WriteAndWait.Run,
        [nameof(WriteLate)] = WriteLate.Run,
        [nameof(WriteOnCommand)] = WriteOnCommand.Run,
        [nameof(WriteOnce)] = WriteOnce.Run,
        [nameof(WriteIntoTrouble)] = WriteIntoTrouble.Run,
        [nameof(WriteInBursts)] = WriteInBursts.Run,
    };

    public static Func<string[], int>? Find(string name) => Known.GetValueOrDefault(name);
}
