namespace EzAudit.Tests.Sealing.Notes;

/// <summary>Notes that other people's software signed with ECDSA keys, as they were published.</summary>
internal static class RekorNotes
{
    /// <summary>The key of sigstore's log. Source: github.com/transparency-dev/formats, note/note_verifier_test.go.</summary>
    public const string Key = "rekor.sigstore.dev+c0d23d6a+" + KeyMaterial;

    /// <summary>The signature type and the public key of <see cref="Key"/>.</summary>
    public const string KeyMaterial =
        "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";

    /// <summary>The key of sigstore's test log. Source: github.com/sigstore/sigstore-js, packages/verify/src/__tests__/tlog/checkpoint.test.ts, there without name and id.</summary>
    public const string StagingKey =
        "rekor.sigstage.dev+d32f30a3+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAzg0VOvPFGBrsueJjVJWhAYkHUxPZ2C69JYOkV6MCP0Ff0RNWswZ+BIOf9rkzjG4Qdf4H3B84o8xYvU5PoNT64=";

    /// <summary>A checkpoint of <see cref="Key"/>. Source: github.com/transparency-dev/formats, note/note_verifier_test.go, <c>TestECDSAVerifier</c>.</summary>
    public const string First =
        "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n"
        + "\u2014 rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n";

    /// <summary>A checkpoint of <see cref="Key"/> with an extension line. Source: as that of <see cref="StagingKey"/>.</summary>
    public const string WithTimestamp =
        "rekor.sigstore.dev - 2605736670972794746\n21428036\nrxnoKyFZlJ7/R6bMh/d3lcqwKqAy5CL1LcNBJP17kgQ=\nTimestamp: 1688058656037355364\n\n"
        + "\u2014 rekor.sigstore.dev wNI9ajBFAiEAuDk7uu5Ae8Own/MjhSZNuVzbLuYH2jBMxbSA0WaNDNACIDV4reKpYiOpkwtvazCClnpUuduF2o/th2xR3gRZAUU4\n";

    /// <summary>A checkpoint of <see cref="StagingKey"/>; both integers of its signature have a leading zero byte.</summary>
    public const string Staging =
        "rekor.sigstage.dev - 8050909264565447525\n23003647\nWBwYpazawqUG5iErvDptvf7mpt84WIpmm+zfshgHhJs=\n\n"
        + "\u2014 rekor.sigstage.dev 0y8wozBGAiEA2kq45YWfHHiDCJHH2+m9l+TVMtPBpOVu+VtVaj62V2MCIQDflbM2N7M/JTIV/spr9qYUI3gf4bO0qqSeiEWJ5xLgPA==\n";
}
