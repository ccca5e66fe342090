using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Conformance.Testing.Session;

/// <summary>Derives seeds from the seed of a run; they are the same on every machine.</summary>
public static class Seeds
{
    /// <returns>A seed for one purpose in a run: 0 to 2^31-1.</returns>
    public static int For(int runSeed, string purpose)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(runSeed.ToString(CultureInfo.InvariantCulture) + "\n" + purpose));
        return BinaryPrimitives.ReadInt32BigEndian(hash) & int.MaxValue;
    }
}
