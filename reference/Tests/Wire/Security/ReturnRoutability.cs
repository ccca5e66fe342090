using System.Net;
using Pmip.Wire;

namespace Pmip.Reference.Tests.Wire;

/// <summary>Values of one return routability procedure, computed with Python's hashlib and hmac from the formulas of the RFC.</summary>
internal static class ReturnRoutability
{
    internal static readonly byte[] NodeKey = [.. Enumerable.Range(0, 20).Select(value => (byte)value)];
    internal static readonly byte[] Nonce = Hex.Octets("a0a1a2a3 a4a5a6a7");

    internal static readonly IPAddress Home = IPAddress.Parse("2001:db8:8000:1::5e");
    internal static readonly IPAddress CareOf = IPAddress.Parse("2001:db8:100::a1");
    internal static readonly IPAddress Correspondent = IPAddress.Parse("2001:db8:200::c1");

    internal const ulong HomeToken = 0xabcd_da62_b479_bcc6;
    internal const ulong CareOfToken = 0x2f00_c8bb_fe44_f8a0;

    internal static BindingManagementKey RegistrationKey { get; } =
        new(new OctetString(Hex.Octets("0d10ab67b743a82dcef045089f3a8923a697522d")));

    internal static BindingManagementKey DeletionKey { get; } =
        new(new OctetString(Hex.Octets("dc5e670d24c4946357ef3dc2fa52369d394af50f")));
}
