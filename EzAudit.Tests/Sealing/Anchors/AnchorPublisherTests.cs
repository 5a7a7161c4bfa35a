using System.Collections.Concurrent;
using EzAudit.Records;
using EzAudit.Sealing.Anchors;
using EzAudit.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Sealing.Anchors;

/// <summary>When checkpoints are published, and what an anchor that fails or hangs does to others: nothing.</summary>
[TestClass]
public sealed class AnchorPublisherTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _clock = new(TestClock.Start);
    private readonly FakeAnchor _anchor = new();
    private readonly FakeAnchor _other = new();
    private readonly ConcurrentQueue<string> _reports = new();
    private readonly AnchorPublisher _publisher;
    private int _wakes;

    public AnchorPublisherTests() => _publisher = new AnchorPublisher(
        [new NamedAnchor("one", _anchor), new NamedAnchor("two", _other)], Interval, _clock, (_, message, level) => _reports.Enqueue($"{level}: {message}"))
    {
        Wake = () => _wakes++,
    };

    [TestMethod]
    public void WithoutACheckpointNothingIsDue() => Assert.AreEqual(Timeout.InfiniteTimeSpan, _publisher.Round());

    [TestMethod]
    public void TheFirstCheckpointIsPublishedAtOnceToAll()
    {
        _publisher.Offer(SomeCheckpoints.Of(1));
        _publisher.Round();

        Assert.AreEqual(1, _wakes);
        Until.True(() => _anchor.Sizes.SequenceEqual([1]) && _other.Sizes.SequenceEqual([1]), "both have it");
    }

    [TestMethod]
    public void LaterOnesWaitForTheInterval()
    {
        PublishFirst();
        _publisher.Offer(SomeCheckpoints.Of(2));
        _publisher.Offer(SomeCheckpoints.Of(3));
        _clock.Advance(Interval - TimeSpan.FromSeconds(1));
        TimeSpan rest = _publisher.Round();

        Assert.AreEqual(TimeSpan.FromSeconds(1), rest);
        Assert.AreEqual(1, _anchor.Attempts);
        Assert.AreEqual(1, _wakes);

        _clock.Advance(rest);
        Until.True(() => Rounds(() => _anchor.Sizes.SequenceEqual([1, 3])), "the newest one is there, and the one before was skipped");
    }

    [TestMethod]
    public void WhatAnAnchorHasIsNotPublishedAgain()
    {
        PublishFirst();
        for (int i = 0; i < 3; i++)
        {
            _clock.Advance(Interval);
            _publisher.Offer(SomeCheckpoints.Of(1));
            _publisher.Round();
        }
        _publisher.Dispose();

        Assert.AreEqual(1, _anchor.Attempts);
    }

    [TestMethod]
    public void AFailureIsReportedOnceAndTriedAgainInEachInterval()
    {
        _anchor.Failure = "The disk is full.";
        _publisher.Offer(SomeCheckpoints.Of(7));
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Until.True(() => Rounds(() => HealthOf("anchor one").Failed == attempt), "the failure is counted");
            _clock.Advance(Interval);
        }

        CollectionAssert.AreEqual(new[] { "Error: anchor one: The checkpoint of size 7 was not published. The disk is full." }, _reports.ToArray());
        AuditTargetHealth health = HealthOf("anchor one");
        Assert.AreEqual(AuditHealthState.Degraded, health.State);
        Assert.AreEqual("The checkpoint of size 7 was not published. The disk is full.", health.LastError);
        Assert.AreEqual(TestClock.Start, health.Since);
        Assert.AreEqual(AuditHealthState.Healthy, HealthOf("anchor two").State);
    }

    [TestMethod]
    public void TheEndOfAnOutageIsReported()
    {
        _anchor.Failure = "The disk is full.";
        _publisher.Offer(SomeCheckpoints.Of(7));
        _publisher.Round();
        Until.True(() => HealthOf("anchor one").State == AuditHealthState.Degraded, "the outage has begun");
        _anchor.Failure = null;
        _clock.Advance(Interval);
        Until.True(() => Rounds(() => HealthOf("anchor one").State == AuditHealthState.Healthy), "the outage is over");

        Until.True(() => _reports.Count == 2, "it is reported");
        Assert.AreEqual("Information: anchor one: Checkpoints are published again, after an outage since 2007-05-23 14:47:58 UTC.", _reports.Last());
        Assert.AreEqual(TestClock.Start + Interval, HealthOf("anchor one").Since);
        CollectionAssert.AreEqual(new long[] { 7 }, _anchor.Sizes.ToArray());
    }

    [TestMethod]
    public void AnAnchorThatHangsHoldsUpNobodyAndIsReportedAfterHalfAMinute()
    {
        _anchor.MayReturn.Reset();
        _publisher.Offer(SomeCheckpoints.Of(1));
        _publisher.Round();
        Until.True(() => _anchor.IsInCall && _other.Sizes.Count == 1, "one hangs, and the other has the checkpoint");
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.AreEqual(TimeSpan.FromSeconds(1), _publisher.Round());
        Assert.AreEqual(AuditHealthState.Healthy, HealthOf("anchor one").State);

        _clock.Advance(TimeSpan.FromSeconds(31));
        _publisher.Offer(SomeCheckpoints.Of(2));
        Until.True(() => Rounds(() => _other.Sizes.SequenceEqual([1, 2])), "the other one goes on");
        _publisher.Round();

        CollectionAssert.AreEqual(new[] { "Error: anchor one: A checkpoint is not published after 60 s: the anchor is slow or hangs." }, _reports.ToArray());
        Assert.AreEqual(AuditHealthState.Degraded, HealthOf("anchor one").State);

        _anchor.MayReturn.Set();
        Until.True(() => HealthOf("anchor one").State == AuditHealthState.Healthy, "it has recovered");
        _clock.Advance(Interval);
        Until.True(() => Rounds(() => _anchor.Sizes.SequenceEqual([1, 2])), "it gets the newest one");
        Assert.IsFalse(_anchor.HadTwoCalls);
    }

    [TestMethod]
    public void TheLastCheckpointIsPublishedAtTheEnd()
    {
        PublishFirst();
        _publisher.Offer(SomeCheckpoints.Of(9));
        _publisher.Dispose();

        CollectionAssert.AreEqual(new long[] { 1, 9 }, _anchor.Sizes.ToArray());
        CollectionAssert.AreEqual(new long[] { 1, 9 }, _other.Sizes.ToArray());
        Assert.AreEqual(1, _anchor.Disposals);
        Assert.IsEmpty(_reports);
    }

    [TestMethod]
    public void AnAnchorThatHangsAtTheEndIsLeftBehind()
    {
        _anchor.MayReturn.Reset();
        _publisher.Offer(SomeCheckpoints.Of(1));
        _publisher.Dispose();

        CollectionAssert.AreEqual(new long[] { 1 }, _other.Sizes.ToArray());
        Assert.AreEqual(0, _anchor.Disposals);
        CollectionAssert.AreEqual(
            new[] { "Error: A checkpoint may not have been published at the end. anchor one: not done after 5 s: it is slow or hangs." }, _reports.ToArray());
        _anchor.MayReturn.Set();
        Until.True(() => _anchor.Disposals == 1, "it is closed when its call returns");
    }

    [TestMethod]
    public void NothingHappensAfterTheEnd()
    {
        _publisher.Dispose();
        _publisher.Offer(SomeCheckpoints.Of(1));
        Assert.AreEqual(Timeout.InfiniteTimeSpan, _publisher.Round());
        _publisher.Dispose();

        Assert.AreEqual(0, _anchor.Attempts);
        Assert.AreEqual(1, _anchor.Disposals);
    }

    [TestMethod]
    public void TroubleThatAnAnchorTellsOfIsReportedOnceAndSoIsItsEnd()
    {
        PublishFirst();
        _anchor.Trouble = "The server is away.";
        _clock.Advance(Interval);
        _publisher.Round();
        _publisher.Round();
        Assert.AreEqual((AuditHealthState.Degraded, "The server is away."), (HealthOf("anchor one").State, HealthOf("anchor one").LastError));
        _anchor.Trouble = null;
        _publisher.Round();

        CollectionAssert.AreEqual(new[] { "Error: anchor one: The server is away.", "Information: anchor one: The trouble is over." }, _reports.ToArray());
        Assert.AreEqual(AuditHealthState.Healthy, HealthOf("anchor one").State);
    }

    public void Dispose()
    {
        _anchor.MayReturn.Set();
        _publisher.Dispose();
    }

    private void PublishFirst()
    {
        _publisher.Offer(SomeCheckpoints.Of(1));
        _publisher.Round();
        Until.True(() => _anchor.Sizes.Count == 1 && _other.Sizes.Count == 1 && !_anchor.IsInCall && !_other.IsInCall, "both have the first one");
    }

    private bool Rounds(Func<bool> condition)
    {
        _publisher.Round();
        return condition();
    }

    private AuditTargetHealth HealthOf(string name) => _publisher.Health.Single(health => health.Target == name);
}
