namespace EzAudit.Tests.Reading;

/// <summary>Damages the bytes of a file as disks, tools and people do.</summary>
internal static class Mutation
{
    private static readonly byte[][] Inserts = ["\n"u8.ToArray(), "\n\n"u8.ToArray(), "\r"u8.ToArray(), "\0\0"u8.ToArray(), "[ "u8.ToArray(), "\n\t"u8.ToArray(), ": "u8.ToArray(), "] ["u8.ToArray(), "\\u{"u8.ToArray()];

    public static byte[] Of(byte[] bytes, Random random)
    {
        List<byte> changed = [.. bytes];
        for (int i = random.Next(1, 20); i > 0 && changed.Count > 0; i--)
        {
            int at = random.Next(changed.Count);
            int length = Math.Min(random.Next(1, 100), changed.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    changed[at] = (byte)random.Next(256);
                    break;
                case 1:
                    changed.RemoveRange(at, length);
                    break;
                case 2:
                    changed.InsertRange(random.Next(changed.Count), changed.GetRange(at, length));
                    break;
                case 3:
                    changed.InsertRange(at, Inserts[random.Next(Inserts.Length)]);
                    break;
                default:
                    for (int j = at; j < at + length; j++) changed[j] = 0;
                    break;
            }
        }
        return [.. changed];
    }
}
