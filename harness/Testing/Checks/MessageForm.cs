using Conformance.Testing.Bed;
using Conformance.Testing.Domains;
using Conformance.Testing.Octets;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Checks;

/// <summary>A binding message of the implementation under test, whose format is checked octet by octet.</summary>
public sealed class MessageForm(TestSession session, Packet packet) : CheckedMessage(session, packet)
{
    public bool IsUpdate => Message.Type == MobilityOctets.BindingUpdateType;

    /// <summary>
    /// The security association that has to protect the message; null if there is none. In a message over IPv4, that of the IPv4 packet or
    /// else of the IPv6 packet behind UDP.
    /// </summary>
    public DomainAssociation? Agreed =>
        Session.Ixit.Domain is { Tested: { } tested } domain && Packet is { Ip: { } ip, Outer: { } outer }
            ? domain.AssociationTo(outer.Destination, tested.Name) ?? domain.AssociationTo(ip.Destination, tested.Name)
            : null;
}

/// <summary>An option of such a message.</summary>
public sealed class OptionInMessage(TestSession session, Packet packet, OptionOctets option) : CheckedMessage(session, packet)
{
    public OptionOctets Option { get; } = option;
}

/// <summary>The options of such a message as a whole.</summary>
public sealed class OptionsOfMessage(TestSession session, Packet packet) : CheckedMessage(session, packet)
{
    public bool IsUpdate => Message.Type == MobilityOctets.BindingUpdateType;
}

/// <summary>
/// Lets the checks judge the format of every binding message that the implementation sends. An update for a node of an earlier scenario
/// was judged there.
/// </summary>
public sealed class FormatObserver(TestSession session, CheckList checks) : IFrameObserver
{
    public void Observe(Packet packet)
    {
        if (
            packet.Frame.Direction != Direction.Received
            || packet.Ip is not { } ip
            || session.Nodes.IsVisitor(ip.Source)
            || packet.Mobility is not { Type: MobilityOctets.BindingUpdateType or MobilityOctets.BindingAcknowledgementType } message
            || (message.Type == MobilityOctets.BindingUpdateType && session.Nodes.IsAboutAnother(message))
        )
        {
            return;
        }

        checks.Judge(new MessageForm(session, packet));
        foreach (var option in message.Options.Where(option => !(option.Offset >= message.DoubtfulFrom)))
        {
            checks.Judge(new OptionInMessage(session, packet, option));
        }

        checks.Judge(new OptionsOfMessage(session, packet));
    }
}
