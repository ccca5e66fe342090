using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles.Correspondent;

/// <summary>A correspondent node forwards nothing: the phrases of Proxy Mobile IPv6 about data are not for it.</summary>
internal sealed class CorrespondentDataPath : IDataPath
{
    public bool IsTunnelToNode => false;

    public DataExit ToCorrespondent(MobileNode? node) => throw Fault();

    public DataExit ToGateway(string mag, MobileNode node) => throw Fault();

    public DataExit ToAnchor(string lma, MobileNode? node) => throw Fault();

    public Frame SendFromCorrespondent(IpPacket packet, PacketEdits edits) => throw Fault();

    public Frame SendFromNode(MobileNode node, string? mag, IpPacket packet, PacketEdits edits) => throw Fault();

    private static ScenarioFaultException Fault() => new("A correspondent node forwards no packets.");
}
