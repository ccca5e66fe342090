using System.Net;
using Pmip.Protocol.Security;

namespace Pmip.Reference.Tests.Security;

/// <summary>Security associations of the tests: between an LMA and a MAG, as each of them has them.</summary>
internal static class Keys
{
    public static readonly IPAddress Anchor = IPAddress.Parse("2001:db8:100::1");
    public static readonly IPAddress Gateway = IPAddress.Parse("2001:db8:100::a1");
    public static readonly IPAddress OtherGateway = IPAddress.Parse("2001:db8:100::a2");

    public const uint ToAnchor = 0x1001,
        ToGateway = 0x2001,
        FromOther = 0x1002;

    public static SecretBytes Secret(byte first, int length) => new([.. Enumerable.Range(first, length).Select(octet => (byte)octet)]);

    /// <summary>The association in a direction, as the sender or the receiver has it.</summary>
    public static SecurityAssociation Association(
        uint index,
        IPAddress peer,
        IPAddress destination,
        SecurityTransform transform = SecurityTransform.AesCbcHmacSha256
    ) => new(index, peer, destination, transform, Secret((byte)index, transform == SecurityTransform.NullHmacSha256 ? 32 : 64));

    public static SecuritySettings OfAnchor(SecurityTransform transform = SecurityTransform.AesCbcHmacSha256) =>
        new()
        {
            Associations =
            [
                Association(ToAnchor, Gateway, Anchor, transform),
                Association(ToGateway, Gateway, Gateway, transform),
                Association(FromOther, OtherGateway, Anchor, transform),
            ],
        };

    public static SecuritySettings OfGateway(SecurityTransform transform = SecurityTransform.AesCbcHmacSha256) =>
        new() { Associations = [Association(ToAnchor, Anchor, Anchor, transform), Association(ToGateway, Anchor, Gateway, transform)] };

    public static SecuritySettings OfOther(SecurityTransform transform = SecurityTransform.AesCbcHmacSha256) =>
        new() { Associations = [Association(FromOther, Anchor, Anchor, transform)] };

    public static SecuritySettings InTunnelMode(this SecuritySettings settings) =>
        settings with
        {
            Associations = [.. settings.Associations.Select(known => known with { Mode = EspMode.Tunnel })],
        };
}
