using Conformance.Testing.Bed;
using Conformance.Testing.Data;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Roles;
using Conformance.Testing.Roles.EndToEnd;
using Conformance.Testing.Roles.Mag;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Actions of mobile nodes on access links, whether the tester plays the mobile nodes or they are real.</summary>
[Binding]
public sealed class AttachmentSteps(TestSession session, ScenarioRole role, RealNodes real, Attachments attachments)
{
    private MagUnderTest Mag => role.As<MagUnderTest>();

    [Given("{MN} attaches at {Link}{Arrival}")]
    [When("{MN} attaches at {Link}{Arrival}")]
    public void Attaches(MobileNode node, PortId link, Arrival arrival) => attachments.Attach(node, link, arrival);

    /// <summary>From now on, each of the two names stands for one interface.</summary>
    [Given("{MN} and {MN} are interfaces of one mobile node")]
    public void AreInterfaces(MobileNode one, MobileNode other) => session.Nodes.BindToInterfaces(one, other);

    /// <summary>
    /// The link comes up, and the node goes on as if it had never been away: it sends nothing that a MAG could notice it by.
    /// </summary>
    [Given("{MN} returns to {Link} without a word")]
    public void Returns(MobileNode node, PortId link) => Mag.Access.Attach(node, link, AttachmentTrigger.LinkUp);

    [Given("{MN} detaches")]
    [When("{MN} detaches")]
    public void Detaches(MobileNode node)
    {
        if (real.Has(node))
        {
            real.Detach(node);
        }
        else
        {
            Mag.Access.Detach(node);
        }
    }

    [Given("{MN} falls silent")]
    [When("{MN} falls silent")]
    public void FallsSilent(MobileNode node) => Mag.Access.FallSilent(node);

    [When("{MN} moves to {Link}")]
    public void Moves(MobileNode node, PortId link)
    {
        Detaches(node);
        Attaches(node, link, Arrival.Plain);
    }

    [Given("{MN} is attached at {Link} and registered with {LMA}{WithEdits}")]
    public void IsRegistered(MobileNode node, PortId link, Lma lma, EditList edits) => Mag.AttachAndRegister(node, link, lma.Name, edits);

    [When("{MN} tests {Home} for duplicates")]
    public void TestsForDuplicates(MobileNode node, NodeAddresses addresses) => Mag.Access.TestForDuplicates(node, addresses);

    [When("{MN} sends {Count} Router Solicitation(s)")]
    public void SolicitsRouters(MobileNode node, Count times) => Mag.Access.SolicitRouters(node, times.Number);
}
