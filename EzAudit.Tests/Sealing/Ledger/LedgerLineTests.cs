using System.Text;
using EzAudit.Sealing.Ledger;

namespace EzAudit.Tests.Sealing.Ledger;

/// <summary>Leaves parse only in the one form that a writer gives them.</summary>
[TestClass]
public sealed class LedgerLineTests
{
    private const string Salt = "P1JJvvIIhkcue49KbbLNwQ==";
    private const string Digest = "QnlPiMuEYRG1qEOL94TgPpP5eCwudiLSMss7gFQ9XtU=";

    [TestMethod]
    [DataRow("g 0 1 a+b")]
    [DataRow("s 1 1 0b0f8f67 23179 the host")]
    [DataRow("z 1 1 0b0f8f67")]
    [DataRow("f 1 1 1 0 77 log in.log")]
    [DataRow($"r 1 1 1 0 358 2 {Salt} {Digest}")]
    [DataRow($"a 1 1 1 0 358 0 {Salt} {Digest}")]
    [DataRow($"u 1 1 1 0 358 0 ------------------------ {Digest}")]
    [DataRow($"e 1 1 1 0 358 2 {Salt} {Digest} 4 3")]
    [DataRow("o 1 1 by root: a request")]
    [DataRow("m 1 1 1 login.log.1")]
    [DataRow("p 1 1 1 retention")]
    [DataRow("d 1 1 0 5 the disk is full")]
    [DataRow("i 1 1 abc")]
    [DataRow("x 1 1 1 10 5 9")]
    [DataRow("k 1 1 1 a+b")]
    [DataRow("n 1 1")]
    [DataRow($"l 1 1 17 {Digest}")]
    public void EveryKindParsesAndNothingCloseToIt(string line)
    {
        Assert.IsTrue(Parses(line + "\n"));
        Assert.IsFalse(Parses(line));
        Assert.IsFalse(Parses(" " + line + "\n"));
        Assert.IsFalse(Parses(line.Replace(' ', '\t') + "\n"));
        Assert.IsFalse(Parses(line + "\0\n"));
        Assert.IsFalse(Parses($"{line[..2]}0{line[2..]}\n") && line[2] == '1');
        Assert.IsFalse(Parses($"y{line[1..]}\n"));
        for (int space = line.IndexOf(' ', StringComparison.Ordinal); space >= 0 && space < 4; space = line.IndexOf(' ', space + 1)) Assert.IsFalse(Parses(line.Insert(space, " ") + "\n"));
    }

    [TestMethod]
    [DataRow($"r 1 1 1 0 0 2 {Salt} {Digest}")]
    [DataRow($"r 1 1 0 0 1 2 {Salt} {Digest}")]
    [DataRow($"r 1 1 1 9223372036854775807 1 2 {Salt} {Digest}")]
    [DataRow($"r 1 1 1 0 9223372036854775808 2 {Salt} {Digest}")]
    [DataRow($"r 1 1 1 0 1 2 P1JJvvIIhkcue49KbbLNwR== {Digest}")]
    [DataRow($"r 1 1 1 0 1 2 P1JJvvIIhkcue49KbbLNwQ {Digest}")]
    [DataRow($"r 1 1 1 0 1 2 {Salt} QnlPiMuEYRG1qEOL94TgPpP5eCwudiLSMss7gFQ9XtV=")]
    [DataRow("s 1 1 0B0f8f67 1 h")]
    [DataRow("f 1 1 1 0 77 ")]
    public void WhatOthersCouldReadDifferentlyIsRefused(string line) => Assert.IsFalse(Parses(line + "\n"));

    [TestMethod]
    public void TheHashDoesNotDependOnTheSalt()
    {
        string line = $"r 1 1 1 0 358 2 {Salt} {Digest}\n";
        Assert.IsTrue(LedgerLine.TryParse(Encoding.UTF8.GetBytes(line), out LedgerLine whole));
        Assert.IsTrue(LedgerLine.TryParse(Encoding.UTF8.GetBytes(line.Replace(Salt, new string('-', 24), StringComparison.Ordinal)), out LedgerLine dropped));

        Assert.IsFalse(whole.IsSaltDropped);
        Assert.IsTrue(dropped.IsSaltDropped);
        Assert.AreEqual(whole.Hash(), dropped.Hash());
    }

    [TestMethod]
    public void ALineOfMoreThanEightKibibytesIsRefused()
    {
        Assert.IsTrue(Parses($"o 1 1 {new string('x', 8192 - 7)}\n"));
        Assert.IsFalse(Parses($"o 1 1 {new string('x', 8192 - 6)}\n"));
    }

    private static bool Parses(string line) => LedgerLine.TryParse(Encoding.UTF8.GetBytes(line), out _);
}
