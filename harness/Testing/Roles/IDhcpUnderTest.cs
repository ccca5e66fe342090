using Conformance.Testing.Edits;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Roles;

/// <summary>A role under test that answers the DHCP messages of mobile nodes, as a server or for one (RFC 5844, Section 3.4).</summary>
[RoleUnderTest("LMA or MAG")]
public interface IDhcpUnderTest : IRoleUnderTest
{
    /// <summary>The mobile node sends a message to its DHCP server.</summary>
    void Send(MobileNode node, DhcpMessageType type, EditList edits);

    /// <summary>The mobile node gets its address by DHCP, in the four messages of RFC 2131, Section 3.1.</summary>
    /// <exception cref="StepFailedException">A message of the server does not come.</exception>
    void Configure(MobileNode node, EditList edits);

    /// <summary>Requires a message to a mobile node with these fields, or the absence of one with all of them.</summary>
    /// <param name="within">Null for the usual time.</param>
    /// <exception cref="StepFailedException">The message does not come, lacks one of the fields, or must not come.</exception>
    void Expect(MobileNode node, ExpectedReply reply, TimeSpan? within, IReadOnlyCollection<(string Field, string Expected)> rows);
}
