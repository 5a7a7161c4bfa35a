using System.IO.Compression;
using System.Text;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Reading.Scanning;

/// <summary>Compressed files, whole and damaged in every way.</summary>
[TestClass]
public sealed class CompressedFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(5)]
    public void WholeMembersAreReadWithoutAProblem(int members)
    {
        byte[] bytes = [.. Enumerable.Range(0, members).SelectMany(member => Member(member * 100, 100))];

        (int records, IReadOnlyList<AuditLogProblem> problems) = Read(bytes);

        Assert.AreEqual(members * 100, records);
        Assert.IsEmpty(problems);
    }

    [TestMethod]
    public void WholeMembersThatEndWithAnInputBlockAreReadWithoutAProblem()
    {
        // .NET reads 8 KiB at a time: members end before, at and after such a boundary.
        for (int excess = -3; excess <= 3; excess++)
        {
            byte[] first = Padded(8192 + excess);
            (int records, IReadOnlyList<AuditLogProblem> problems) = Read([.. first, .. Member(0, 10)]);
            Assert.IsGreaterThanOrEqualTo(10, records, $"{excess}");
            Assert.IsEmpty(problems, $"{excess}: {string.Join('\n', problems)}");
        }
    }

    [TestMethod]
    public void AFileTruncatedAnywhereIsDamagedAndItsReadablePartIsShown()
    {
        byte[] whole = [.. Member(0, 300), .. Member(300, 300)];
        int first = Member(0, 300).Length;
        for (int length = 20; length < whole.Length; length += 7)
        {
            // Cut between two members, the file is whole.
            if (length == first) continue;
            (int records, IReadOnlyList<AuditLogProblem> problems) = Read(whole[..length]);
            Assert.IsTrue(problems.Any(problem => problem is { Kind: AuditLogProblemKind.Damage, LeavesDoubt: true }), $"cut at {length}");
            if (length > first) Assert.IsGreaterThanOrEqualTo(300, records, $"cut at {length}");
        }
    }

    [TestMethod]
    [DataRow(8, "compressed data")]
    [DataRow(4, "compressed data")]
    [DataRow(1, "compressed data")]
    public void AMissingOrShortTrailerIsDamage(int missing, string found)
    {
        (int records, IReadOnlyList<AuditLogProblem> problems) = Read(Member(0, 100)[..^missing]);

        Assert.AreEqual(100, records);
        StringAssert.StartsWith(problems.Single().Found, found, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow(-8)]
    [DataRow(-1)]
    public void AWrongChecksumOrLengthIsDamage(int place)
    {
        byte[] bytes = Member(0, 100);
        bytes[bytes.Length + place] ^= 0x55;

        Assert.AreEqual(AuditLogProblemKind.Damage, Read(bytes).Problems.Single().Kind);
    }

    [TestMethod]
    public void DamageInALaterMemberIsDamage()
    {
        byte[] later = Member(100, 100);
        later[later.Length / 2] ^= 0x55;
        later[(later.Length / 2) + 1] ^= 0x55;

        (int records, IReadOnlyList<AuditLogProblem> problems) = Read([.. Member(0, 100), .. later]);

        Assert.IsGreaterThanOrEqualTo(100, records);
        Assert.IsTrue(problems.Any(problem => problem.Kind == AuditLogProblemKind.Damage));
    }

    [TestMethod]
    [DataRow("rubbish")]
    [DataRow("\0\0\0\0")]
    [DataRow("\u001f")]
    [DataRow("[ Nov 22 2026 14:00:05 ] [10.0.0.7] [admin:14]\n\n")]
    public void WhatFollowsTheLastMemberIsDamage(string rest)
    {
        (int records, IReadOnlyList<AuditLogProblem> problems) = Read([.. Member(0, 100), .. Encoding.Latin1.GetBytes(rest)]);

        Assert.AreEqual(100, records);
        Assert.AreEqual(AuditLogProblemKind.Damage, problems.Single().Kind);
    }

    private (int Records, IReadOnlyList<AuditLogProblem> Problems) Read(byte[] bytes)
    {
        string path = _folder["a.log.gz"];
        File.WriteAllBytes(path, bytes);
        using AuditLogReader log = AuditLogReader.OpenFiles([path]);
        var problems = new List<AuditLogProblem>();
        int records = log.Search(AuditQuery.All, new AuditReadOptions { OnProblem = problems.Add }).Count();
        AuditLogProblem[] whole = [.. problems.Where(problem => problem.Kind != AuditLogProblemKind.TornTail)];
        Assert.AreEqual(whole.Length > 0, log.FindProblems().Any(problem => problem.Kind == AuditLogProblemKind.Damage));
        Assert.AreEqual(records, log.SearchBackwards(AuditQuery.All).Count());
        return (records, whole);
    }

    private static byte[] Member(int from, int count) => Compress(string.Concat(Enumerable.Range(from, count).Select(number =>
        $"[ Nov 22 2026 14:00:{number % 60:00} ] [10.0.0.1] [admin:14]\nNumber: {number}\nText: {number * 7919L % 100003}\n\n")));

    // Text that is stored instead of compressed gives the member any chosen length.
    private static byte[] Padded(int length)
    {
        int text = length - 200;
        while (true)
        {
            string record = $"[ Nov 22 2026 14:00:05 ] [10.0.0.1] [admin:14]\nText: {new string('x', Math.Max(0, text))}\n\n";
            using var stream = new MemoryStream();
            using (var gzip = new GZipStream(stream, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(Encoding.ASCII.GetBytes(record));
            if (stream.Length >= length) return stream.ToArray();
            text++;
        }
    }

    private static byte[] Compress(string text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }
}
