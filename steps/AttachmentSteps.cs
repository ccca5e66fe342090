using Conformance.Testing.Bed;
using Conformance.Testing.Drivers;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Reqnroll;

namespace Conformance.Steps;

/// <summary>Actions of mobile nodes on access links, whether the tester plays the mobile nodes or they are real.</summary>
[Binding]
public sealed class AttachmentSteps(MagSignaling mag, EndToEnd endToEnd)
{
    [Given("{MN} attaches at {Link}")]
    [When("{MN} attaches at {Link}")]
    public void Attaches(MobileNode node, PortId link)
    {
        if (endToEnd.IsReal(node))
        {
            endToEnd.Attach(node, link);
        }
        else
        {
            mag.Attach(node, link, trigger: null);
        }
    }

    [When("{MN} attaches at {Link} by {Trigger}")]
    public void Attaches(MobileNode node, PortId link, Trigger trigger) => mag.Attach(node, link, trigger.Name);

    [Given("{MN} detaches")]
    [When("{MN} detaches")]
    public void Detaches(MobileNode node)
    {
        if (endToEnd.IsReal(node))
        {
            endToEnd.Detach(node);
        }
        else
        {
            mag.Detach(node);
        }
    }

    [When("{MN} moves to {Link}")]
    public void Moves(MobileNode node, PortId link)
    {
        Detaches(node);
        Attaches(node, link);
    }

    [Given("{MN} is attached at {Link} and registered with {LMA}")]
    public void IsRegistered(MobileNode node, PortId link, Lma lma) => IsRegistered(node, link, lma, EditList.None);

    [Given("{MN} is attached at {Link} and registered with {LMA} with {Edits}")]
    public void IsRegistered(MobileNode node, PortId link, Lma lma, EditList edits) => mag.AttachAndRegister(node, link, edits);

    [When("{MN} sends a Router Solicitation")]
    public void SolicitsRouters(MobileNode node) => mag.SolicitRouters(node);
}
