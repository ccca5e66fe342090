using Conformance.Testing.Peers;
using Pmip.Wire;

namespace Conformance.Testing.Roles;

/// <summary>A message on an access link to a mobile node that has to come, or must not.</summary>
public abstract record ExpectedReply(bool Comes)
{
    /// <summary>A DHCP message; null for any.</summary>
    public sealed record Dhcp(bool Comes, DhcpMessageType? Type) : ExpectedReply(Comes);

    /// <summary>An answer to an ARP Request.</summary>
    public sealed record Arp(bool Comes) : ExpectedReply(Comes);

    /// <param name="text">
    /// <c>a DHCPOFFER</c>, <c>no DHCPOFFER</c>, <c>no DHCP message</c>, <c>an ARP Reply</c> or <c>no ARP Reply</c>.
    /// </param>
    public static ExpectedReply Read(string text) =>
        text.Split(' ', 2) switch
        {
            [var count, "ARP Reply"] => new Arp(count != "no"),
            [_, "DHCP message"] => new Dhcp(Comes: false, Type: null),
            [var count, var name] => new Dhcp(count != "no", DhcpMessageNames.Read(name)),
            _ => throw new ArgumentException($"'{text}' is no reply.", nameof(text)),
        };
}
