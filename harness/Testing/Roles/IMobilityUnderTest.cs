using Conformance.Testing.Bed;
using Conformance.Testing.Edits;
using Conformance.Testing.Session;

namespace Conformance.Testing.Roles;

/// <summary>The two messages by which a mobile node begins return routability (RFC 6275, Section 5.2.5).</summary>
public enum TestInitKind
{
    Home,
    CareOf,
}

/// <summary>How packets of a mobile node reach the implementation under test.</summary>
public enum CarriedPackets
{
    /// <summary>From a care-of address, in a tunnel to the home agent.</summary>
    Tunnelled,

    /// <summary>From a care-of address, with a Home Address option.</summary>
    WithHomeAddressOption,
}

/// <summary>What the implementation under test does with packets of a mobile node.</summary>
public enum CarriedTreatment
{
    /// <summary>It forwards them, or answers them if they are for itself.</summary>
    Accepted,

    Dropped,

    /// <summary>It drops them, and sends a Binding Error of status 1 (RFC 6275, Section 9.3.3).</summary>
    AnsweredByBindingError,
}

/// <summary>An address of a mobile node that a home agent defends on the home link (RFC 6275, Section 10.4.1).</summary>
public enum DefendedAddress
{
    HomeAddress,

    /// <summary>That with the interface identifier of the home address, if the L flag of the update was set.</summary>
    LinkLocalAddress,
}

/// <summary>
/// A role under test with which mobile nodes register care-of addresses (RFC 6275 and RFC 5648): the phrases that scenarios of home agent
/// and correspondent node share. A role throws a <see cref="ScenarioFaultException"/> for a phrase that is not about it.
/// </summary>
[RoleUnderTest("HA or CN")]
public interface IMobilityUnderTest : IRoleUnderTest
{
    /// <summary>Sends one Binding Update for all these bindings.</summary>
    /// <param name="from">The source of the update; null for the first of the places.</param>
    void Register(MobileNode node, RequestedBindings bindings, CareOf? from, EditList edits);

    /// <summary>Sends a Binding Update of a mobile router for its mobile network in explicit mode (RFC 3963, Section 5.1.2).</summary>
    void RegisterMobileNetwork(MobileNode node, RequestedBindings bindings, EditList edits);

    /// <summary>Extends bindings by a BID option without care-of address for each.</summary>
    /// <param name="from">The source of the update; null for the care-of address of the first binding.</param>
    void Refresh(MobileNode node, Bids bids, CareOf? from, EditList edits);

    /// <summary>Ends the bindings with these BIDs.</summary>
    /// <inheritdoc cref="Refresh" path="/param"/>
    void Remove(MobileNode node, Bids bids, CareOf? from, EditList edits);

    /// <summary>Ends all bindings by a Binding Update of lifetime 0 without BID option.</summary>
    /// <param name="from">The source of the update; null for the care-of address that was registered last.</param>
    void RemoveAll(MobileNode node, CareOf? from, EditList edits);

    /// <summary>The mobile node comes back to the home link, and ends its bindings from there (RFC 6275, Section 11.5.5).</summary>
    void ReturnHome(MobileNode node, EditList edits);

    /// <summary>Sends the last message of a mobile node once more, with the same octets unless edited.</summary>
    void Repeat(MobileNode node, EditList edits);

    /// <param name="from">The care-of address; null for the one that was registered last, or else the first.</param>
    void SendTestInit(MobileNode node, TestInitKind kind, CareOf? from, EditList edits);

    /// <summary>Sends the first packet of a flow from a care-of address, and requires that it is accepted.</summary>
    /// <param name="flow">The number of the flow in the scenario.</param>
    /// <exception cref="StepFailedException">The packet is not accepted.</exception>
    void OpenFlow(MobileNode node, int flow, CareOf from);

    /// <summary>Sends a Mobile Prefix Solicitation (RFC 6275, Section 6.7).</summary>
    void SolicitPrefixes(MobileNode node, CareOf from, EditList edits);

    /// <summary>From now on, another node on the home link has an address of the mobile node.</summary>
    void AddOtherNode(MobileNode node, DefendedAddress address);

    /// <summary>A correspondent node, or a host of the home link, sends a packet to a mobile node.</summary>
    void SendToNode(string correspondent, MobileNode node);

    /// <summary>A host of the home link sends a packet to the link-local address of a mobile node.</summary>
    void SendToLinkLocal(string correspondent, MobileNode node) =>
        throw new ScenarioFaultException("Only a home agent under test has to do with link-local addresses of mobile nodes.");

    /// <summary>Requires that the packet of the last step is not forwarded.</summary>
    void ExpectLastNowhere() => throw new ScenarioFaultException("Say packets for which mobile node go nowhere.");

    /// <summary>Requires that the last Binding Update is accepted: a status below 128 in the acknowledgement.</summary>
    void ExpectAccepted();

    /// <summary>
    /// Requires that the last Binding Update is accepted for each BID: the status that counts for it, that of its option, or that of the
    /// acknowledgement if the option says 0, is below 128.
    /// </summary>
    void ExpectAccepted(Bids bids);

    /// <summary>Requires that the last Binding Update is rejected with a status, named as in the edition.</summary>
    void ExpectRejected(string status);

    /// <summary>
    /// Requires that the last Binding Update is answered, and not rejected with this status. A rejection with another status says nothing
    /// of what this one is about.
    /// </summary>
    /// <exception cref="StepFailedException">It is rejected with another status.</exception>
    void ExpectNotRejected(string status);

    /// <summary>Requires that nothing answers the last message.</summary>
    void ExpectSilence();

    /// <summary>Requires a status in the BID options of the acknowledgement.</summary>
    void ExpectStatus(Bids bids, string status);

    /// <summary>
    /// Requires the status that counts for each BID, whether it is a rejection or not: that of its option, or that of the acknowledgement
    /// if the option says 0.
    /// </summary>
    void ExpectCountedStatus(Bids bids, string status);

    /// <summary>Compares the fields of the acknowledgement with a table.</summary>
    void ExpectAnswer(IReadOnlyCollection<(string Field, string Expected)> rows);

    /// <summary>Requires a Home Test or Care-of Test that answers the last message, with these fields.</summary>
    void ExpectTest(TestInitKind kind, IReadOnlyCollection<(string Field, string Expected)> rows);

    /// <summary>Requires that the tokens of the last two Care-of Tests of a mobile node are equal, or not.</summary>
    void ExpectTokens(MobileNode node, bool areEqual);

    /// <summary>Requires a Binding Refresh Request.</summary>
    /// <param name="bids">The BIDs that it names; null for one without BID option.</param>
    /// <param name="within">Null for the usual time.</param>
    void ExpectRefreshRequest(MobileNode node, Bids? bids, TimeSpan? within);

    /// <summary>Requires a Mobile Prefix Advertisement that answers the last message.</summary>
    void ExpectPrefixAdvertisement();

    /// <summary>The outcome of the last Binding Update in the words of a table of legal readings.</summary>
    (IReadOnlyList<string> Outcomes, string Text, Frame? Frame) ReadOutcome();

    /// <summary>Requires that packets of several flows for a mobile node arrive at these places, and nowhere else.</summary>
    /// <param name="fromHomeLink">True for packets of a host on the home link.</param>
    void ExpectAt(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink);

    /// <summary>Requires that packets of several flows for the IPv4 home address arrive at these places, and nowhere else.</summary>
    /// <param name="fromHomeLink">True for packets of a host on the home link.</param>
    void ExpectIpv4At(MobileNode node, IReadOnlyList<CareOf> places, bool fromHomeLink);

    /// <summary>Requires that packets for a mobile node are not forwarded.</summary>
    void ExpectNowhere(MobileNode node);

    /// <summary>Requires that packets for a mobile node go to its home address, without a routing header.</summary>
    void ExpectAtHomeAddress(MobileNode node);

    /// <summary>Requires that the packets of a flow arrive at these places, and nowhere else.</summary>
    void ExpectFlowAt(int flow, IReadOnlyList<CareOf> places);

    /// <summary>Requires that packets for the mobile network arrive at these places only; nowhere if there are none.</summary>
    void ExpectMobileNetworkAt(MobileNode node, IReadOnlyList<CareOf> places);

    /// <summary>Requires what happens to packets from a mobile node.</summary>
    void ExpectCarried(MobileNode node, CarriedPackets packets, CareOf from, CarriedTreatment treatment);

    /// <summary>Requires that the last Test Init of a mobile node is forwarded to a correspondent node; or not, if that is null.</summary>
    void ExpectTestInitAt(TestInitKind kind, string? correspondent);

    /// <summary>Requires that a home agent defends an address on the home link, or does not.</summary>
    void ExpectDefence(MobileNode node, DefendedAddress address, bool isDefended);

    /// <summary>Requires that a home agent has announced an address on the home link since the last stimulus, or has not.</summary>
    void ExpectAnnouncement(MobileNode node, DefendedAddress address, bool isAnnounced);

    /// <summary>
    /// Requires that a home agent has tested by duplicate address detection, since the last stimulus, whether an address is free, or has
    /// not.
    /// </summary>
    void ExpectAddressTest(MobileNode node, DefendedAddress address, bool isTested);
}
