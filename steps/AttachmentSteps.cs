using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>What mobile nodes do on access links, whether the tester plays them or they are nodes of their own.</summary>
[Binding]
public sealed class AttachmentSteps(GatewaySignaling gateway, EndToEnd endToEnd)
{
    [Given("{MobileNode} attaches at {Link}")]
    [When("{MobileNode} attaches at {Link}")]
    public void Attaches(MobileNode node, PortId link)
    {
        if (endToEnd.IsReal(node))
        {
            endToEnd.Attach(node, link);
        }
        else
        {
            gateway.Attach(node, link, trigger: null);
        }
    }

    [When("{MobileNode} attaches at {Link} by {Trigger}")]
    public void Attaches(MobileNode node, PortId link, Trigger trigger) => gateway.Attach(node, link, trigger.Name);

    [Given("{MobileNode} detaches")]
    [When("{MobileNode} detaches")]
    public void Detaches(MobileNode node)
    {
        if (endToEnd.IsReal(node))
        {
            endToEnd.Detach(node);
        }
        else
        {
            gateway.Detach(node);
        }
    }

    [When("{MobileNode} moves to {Link}")]
    public void Moves(MobileNode node, PortId link)
    {
        Detaches(node);
        Attaches(node, link);
    }

    [Given("{MobileNode} is attached at {Link} and registered with {Anchor}")]
    public void IsRegistered(MobileNode node, PortId link, Anchor anchor) => IsRegistered(node, link, anchor, EditList.None);

    [Given("{MobileNode} is attached at {Link} and registered with {Anchor} with {Edits}")]
    public void IsRegistered(MobileNode node, PortId link, Anchor anchor, EditList edits) => gateway.AttachAndRegister(node, link, edits);

    [When("{MobileNode} sends a Router Solicitation")]
    public void SolicitsRouters(MobileNode node) => gateway.SolicitRouters(node);
}
