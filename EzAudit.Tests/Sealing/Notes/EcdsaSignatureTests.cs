using System.Security.Cryptography;
using EzAudit.Sealing.Notes;

namespace EzAudit.Tests.Sealing.Notes;

/// <summary>A signature has exactly one encoding.</summary>
[TestClass]
public sealed class EcdsaSignatureTests
{
    // 31 bytes whose first has its highest bit clear.
    private const string Short = "11111111111111111111111111111111111111111111111111111111111111";
    private const string High = "80" + Short;
    private const string Low = "7f" + Short;

    [TestMethod]
    public void WhatThePlatformSignsIsStrict()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (int i = 0; i < 2000; i++)
        {
            byte[] signature = pair.SignHash(SHA256.HashData(BitConverter.GetBytes(i)), DSASignatureFormat.Rfc3279DerSequence);
            Assert.IsTrue(EcdsaSignature.IsStrictDer(signature), Convert.ToHexString(signature));
        }
    }

    [TestMethod]
    [DataRow("3044" + "0220" + Low + "0220" + Low, DisplayName = "32 bytes each")]
    [DataRow("3046" + "022100" + High + "022100" + High, DisplayName = "33 bytes each, the first of which is needed")]
    [DataRow("3042" + "021f" + Short + "021f" + Short, DisplayName = "31 bytes each")]
    [DataRow("3006" + "020101" + "02017f", DisplayName = "one byte each")]
    [DataRow("3008" + "02020080" + "020200ff", DisplayName = "small, with a leading zero that is needed")]
    public void TheOnlyEncodingIsStrict(string hex) => Assert.IsTrue(EcdsaSignature.IsStrictDer(Convert.FromHexString(hex)));

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("30", DisplayName = "a tag")]
    [DataRow("3000", DisplayName = "no integers")]
    [DataRow("3003020101", DisplayName = "one integer")]
    [DataRow("3009020101020101020101", DisplayName = "three integers")]
    [DataRow("308106020101020101", DisplayName = "the length of the sequence in long form")]
    [DataRow("3007" + "02810101" + "020101", DisplayName = "the length of an integer in long form")]
    [DataRow("3080" + "020101" + "020101" + "0000", DisplayName = "indefinite length")]
    [DataRow("3006020101020101" + "00", DisplayName = "trailing byte behind the sequence")]
    [DataRow("3007020101020101" + "00", DisplayName = "trailing byte in the sequence")]
    [DataRow("3006020101020101" + "0101", DisplayName = "trailing bytes")]
    [DataRow("3106020101020101", DisplayName = "a set")]
    [DataRow("3006030101020101", DisplayName = "a bit string for r")]
    [DataRow("3006020101030101", DisplayName = "a bit string for s")]
    [DataRow("30070202000102" + "0101", DisplayName = "r with a zero byte too many")]
    [DataRow("3007020101" + "02020001", DisplayName = "s with a zero byte too many")]
    [DataRow("3006020100020101", DisplayName = "r is zero")]
    [DataRow("3006020101020100", DisplayName = "s is zero")]
    [DataRow("3006020180020101", DisplayName = "r is negative")]
    [DataRow("30060201010201ff", DisplayName = "s is negative")]
    [DataRow("30050200020101", DisplayName = "r is empty")]
    [DataRow("30050201010200", DisplayName = "s is empty")]
    [DataRow("3006020101020201", DisplayName = "s is cut off")]
    [DataRow("3045" + "022101" + Low + "0220" + Low, DisplayName = "r has 257 bits")]
    [DataRow("3047" + "02220080" + High + "022100" + High, DisplayName = "r has 34 bytes")]
    public void AnythingElseIsNot(string hex) => Assert.IsFalse(EcdsaSignature.IsStrictDer(Convert.FromHexString(hex)));

    [TestMethod]
    public void NoPartOfASignatureIsOne()
    {
        byte[] signature = Convert.FromHexString("3046" + "022100" + High + "022100" + High);
        for (int length = 0; length < signature.Length; length++) Assert.IsFalse(EcdsaSignature.IsStrictDer(signature.AsSpan(0, length)), $"{length} bytes");
    }
}
